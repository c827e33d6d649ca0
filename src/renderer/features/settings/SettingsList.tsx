import { hrefTo, type SettingsPageId } from '@renderer/base/routes';
import { Header } from '@renderer/ui/Header';
import { ListGroup, ListLink, listStyles } from '@renderer/ui/ListItem';
import { walkLinks } from '@renderer/ui/walkLinks';
import { Brain, HardDrive, Info, type LucideIcon, Plug, Search, SlidersHorizontal, Users, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSettingsPage } from './useSettingsPage';

const groups: { label: 'models' | 'knowledge' | 'computer' | null; pages: [SettingsPageId, LucideIcon][] }[] = [
  { label: null, pages: [['general', SlidersHorizontal]] },
  {
    label: 'models',
    pages: [
      ['providers', Plug],
      ['agents', Users],
    ],
  },
  {
    label: 'knowledge',
    pages: [
      ['search', Search],
      ['memory', Brain],
    ],
  },
  {
    label: 'computer',
    pages: [
      ['data', HardDrive],
      ['maintenance', Wrench],
      ['about', Info],
    ],
  },
];

export const SettingsList = () => {
  const { t } = useTranslation('settings');
  const current = useSettingsPage();
  return (
    <>
      <Header plane="side" title={t('title')} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move through the links inside */}
      <div className={listStyles.scroll} onKeyDown={walkLinks}>
        {groups.map(({ label, pages }) => (
          <div key={label ?? ''}>
            {label && <ListGroup>{t(`groups.${label}`)}</ListGroup>}
            {pages.map(([page, icon]) => (
              <ListLink key={page} icon={icon} href={hrefTo('settings', { page })} current={page === current}>
                {t(`pages.${page}`)}
              </ListLink>
            ))}
          </div>
        ))}
      </div>
    </>
  );
};
