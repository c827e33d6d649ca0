import { classes } from '@renderer/lib/classes';
import type { Shortcut } from '@renderer/lib/shortcuts';
import { Check, type LucideIcon, TextSelect } from 'lucide-react';
import { DropdownMenu as Radix, ContextMenu as RadixContext } from 'radix-ui';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from './Kbd';
import { isKeyboardInUse } from './lastInput';
import styles from './Menu.module.css';
import { overlays } from './overlays';
import { useCopy } from './useCopy';

/** Dropdown and context menus share their items; the two Radix families have the same parts. */
const Family = createContext<typeof Radix | typeof RadixContext>(Radix);

export interface MenuProps {
  /** One element that takes a ref. */
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export const Menu = ({ trigger, children, align = 'start', side = 'bottom', open, onOpenChange }: MenuProps) => {
  const closing = useEscape();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild ref={button}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={overlays()}>
        <Radix.Content className={styles.menu} align={align} side={side} sideOffset={6} collisionPadding={8} {...closing.handlers}>
          {children}
          <FirstItemFocus />
          <FocusBack escaped={closing.escaped} trigger={button} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};

/** Notes that a menu is closed by Escape: then `FocusBack` moves the focus, and the library must not move it again later. */
const useEscape = () => {
  const escaped = useRef(false);
  return {
    escaped,
    handlers: {
      onEscapeKeyDown: () => {
        escaped.current = true;
      },
      onCloseAutoFocus: (event: Event) => {
        if (escaped.current) event.preventDefault();
        escaped.current = false;
      },
    },
  };
};

/**
 * Gives the focus back with the Escape that closes a menu: to its button, else to the element that had it before. The library does so in a
 * later task: a key that is pressed between them reached nothing.
 */
const FocusBack = ({ escaped, trigger }: { escaped: RefObject<boolean>; trigger?: RefObject<HTMLElement | null> }) => {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      const target = trigger?.current ?? before;
      if (escaped.current && target instanceof HTMLElement && target.isConnected) target.focus({ preventScroll: true });
    };
  }, [escaped, trigger]);
  return null;
};

/**
 * Focuses the first item of a menu that was opened by a key. The library does so only for a menu that was mounted before the key
 * was pressed; the menus of rows are mounted by it.
 */
const FirstItemFocus = () => {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isKeyboardInUse()) place.current?.parentElement?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
  }, []);
  return <span ref={place} hidden />;
};

/** The same items in a context menu, over `trigger`. */
export const ContextMenu = ({ trigger, children }: Pick<MenuProps, 'trigger' | 'children'>) => {
  const closing = useEscape();
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{trigger}</RadixContext.Trigger>
      <RadixContext.Portal container={overlays()}>
        <RadixContext.Content className={styles.menu} collisionPadding={8} {...closing.handlers}>
          <Family value={RadixContext}>{children}</Family>
          <FocusBack escaped={closing.escaped} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
};

export interface MenuItemProps {
  icon?: LucideIcon;
  shortcut?: Shortcut;
  note?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export const MenuItem = ({ icon: Icon, shortcut, note, danger, disabled, onSelect, children }: MenuItemProps) => {
  const { Item } = useContext(Family);
  return (
    <Item className={classes(styles.item, danger && styles.danger)} disabled={disabled} onSelect={onSelect}>
      {Icon && <Icon size={16} aria-hidden />}
      <span className={styles.label}>{children}</span>
      {note && <span className={styles.note}>{note}</span>}
      {shortcut && <Kbd keys={shortcut} joined />}
    </Item>
  );
};

/** Copies the selected text; absent where nothing is selected. */
export const MenuCopySelection = () => {
  const { t } = useTranslation();
  const copy = useCopy();
  // The selection when the menu opened.
  const [selected] = useState(() => window.getSelection()?.toString() ?? '');
  return selected ? (
    <MenuItem icon={TextSelect} onSelect={() => void copy(selected)}>
      {t('actions.copySelection')}
    </MenuItem>
  ) : null;
};

export interface MenuCheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  icon?: LucideIcon;
  note?: string;
  disabled?: boolean;
  /** Keeps the menu open, for choosing several. */
  keepOpen?: boolean;
  children: ReactNode;
}

export const MenuCheck = ({ checked, onChange, icon: Icon, note, disabled, keepOpen, children }: MenuCheckProps) => {
  const { CheckboxItem, ItemIndicator } = useContext(Family);
  return (
    <CheckboxItem
      className={styles.item}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      onSelect={(event) => keepOpen && event.preventDefault()}
    >
      {Icon && <Icon size={16} aria-hidden />}
      <span className={styles.label}>{children}</span>
      {note && <span className={styles.note}>{note}</span>}
      <span className={styles.check}>
        <ItemIndicator>
          <Check size={14} aria-hidden />
        </ItemIndicator>
      </span>
    </CheckboxItem>
  );
};

export interface MenuChoiceProps<Value extends string> {
  label?: string;
  value: Value | null;
  /** `title`: a tooltip, where the label is only a part of the name. */
  options: readonly { value: Value; label: string; note?: string; title?: string }[];
  onChange: (value: Value) => void;
}

/** A choice of one of several values. */
export const MenuChoice = <Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) => {
  const { RadioGroup, RadioItem, ItemIndicator } = useContext(Family);
  return (
    <RadioGroup value={value ?? ''} onValueChange={(next) => onChange(next as Value)} aria-label={label}>
      {options.map((option) => (
        <RadioItem key={option.value} value={option.value} className={styles.item} title={option.title}>
          <span className={styles.words}>
            <span>{option.label}</span>
            {option.note && <span className={styles.note}>{option.note}</span>}
          </span>
          <span className={styles.check}>
            <ItemIndicator>
              <Check size={14} aria-hidden />
            </ItemIndicator>
          </span>
        </RadioItem>
      ))}
    </RadioGroup>
  );
};

export const MenuHeading = ({ children }: { children: ReactNode }) => {
  const { Label } = useContext(Family);
  return <Label className={styles.heading}>{children}</Label>;
};

export const MenuLine = () => {
  const { Separator } = useContext(Family);
  return <Separator className={styles.line} />;
};
