// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/noStaticElementInteractions: rows are virtual: a grid of divs that scroll, its roles are those of a table
import { useAddFiles } from '@renderer/base/addFiles';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Menu } from '@renderer/ui/Menu';
import { GridRow, type GridRowProps } from '@renderer/ui/RowGrid';
import { type DocumentFormat, type ErrorRecord, isWebSource, type LibraryDocument, typeNameOf } from '@shared/model';
import {
  BookOpen,
  Captions,
  Ellipsis,
  FileArchive,
  FileCode,
  FileSpreadsheet,
  FileText,
  Globe,
  Image,
  type LucideIcon,
  Mail,
  NotebookText,
  Pin,
  Presentation,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentMenuItems } from './DocumentMenu';
import { type DocumentActions, failureAction, languageCode, rowState } from './documentRows';
import { StateCell } from './StateCell';
import styles from './table.module.css';
import { useLibraryActions } from './useLibraryActions';

/** The icons of formats that are no plain text. */
const icons: Partial<Record<DocumentFormat, LucideIcon>> = {
  image: Image,
  markdown: FileCode,
  html: FileCode,
  code: FileCode,
  json: FileCode,
  yaml: FileCode,
  xml: FileCode,
  notebook: NotebookText,
  subtitles: Captions,
  xlsx: FileSpreadsheet,
  xls: FileSpreadsheet,
  ods: FileSpreadsheet,
  csv: FileSpreadsheet,
  pptx: Presentation,
  odp: Presentation,
  epub: BookOpen,
  eml: Mail,
  mbox: Mail,
  msg: Mail,
  zip: FileArchive,
};
export const documentIcon = (document: Pick<LibraryDocument, 'format' | 'source'>): LucideIcon =>
  isWebSource(document.source) ? Globe : (document.format && icons[document.format]) || FileText;

export interface DocumentRowProps extends DocumentActions, GridRowProps {
  document: LibraryDocument;
  menuOpen: boolean;
  /** Null closes the menu. */
  onMenu: (index: number, documentId: string | null) => void;
}

const nothing = <span className="muted">–</span>;

export const DocumentRow = memo(({ document, menuOpen, onMenu, onOpen, onAsk, ...row }: DocumentRowProps) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const Icon = documentIcon(document);
  const state = rowState(document);
  const failure = state.kind === 'failed' ? (document.error ?? document.job?.error ?? null) : null;
  return (
    <GridRow {...row} columns={styles.row} isExplained={failure !== null} onOpen={() => onOpen(document)}>
      <div className={styles.name} role="gridcell" data-plain>
        <Icon size={16} aria-hidden />
        <span className="clip" title={document.title} dir="auto">
          {document.title}
        </span>
        {document.namesake && (
          <span className={styles.apart} title={document.source}>
            <bdi>{document.namesake.folder || t('number', { number: format.integer(document.namesake.number) })}</bdi>
          </span>
        )}
        {document.pins && <Pin size={14} role="img" aria-label={t('pins.mark')} className={styles.mark} />}
        {document.tags.length > 0 && (
          <span className={styles.apart} title={format.list(document.tags)}>
            {document.tags.join(' · ')}
          </span>
        )}
        {menuOpen ? (
          <Menu
            align="end"
            open
            onOpenChange={(open) => onMenu(row.index, open ? document.id : null)}
            trigger={
              <button type="button" tabIndex={-1} className={styles.rowMenu} aria-label={t('rowMenu', { title: document.title })}>
                <Ellipsis size={16} aria-hidden />
              </button>
            }
          >
            <DocumentMenuItems documents={[document]} onOpen={onOpen} onAsk={onAsk} />
          </Menu>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className={styles.rowMenu}
            aria-label={t('rowMenu', { title: document.title })}
            onClick={(event) => {
              event.stopPropagation();
              onMenu(row.index, document.id);
            }}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        )}
      </div>
      <div role="gridcell">
        <StateCell document={document} />
      </div>
      <div role="gridcell">{document.format ? typeNameOf(document.format, document.source) : nothing}</div>
      <div role="gridcell" className={styles.right}>
        {document.pages === null ? nothing : format.integer(document.pages)}
      </div>
      <div role="gridcell" className={styles.right}>
        {document.passages === 0 ? nothing : format.integer(document.passages)}
      </div>
      <div role="gridcell">{languageCode(document.language) ?? nothing}</div>
      <div role="gridcell" className={styles.right}>
        {format.bytes(document.size)}
      </div>
      <div role="gridcell" className="clip">
        {format.when(document.updatedAt)}
      </div>
      <div role="gridcell" className={styles.right}>
        {document.version}
      </div>
      {failure && <Failure document={document} error={failure} onAsk={onAsk} />}
    </GridRow>
  );
});
DocumentRow.displayName = 'DocumentRow';

/** The reason why a document could not be parsed, and the one action that helps. */
const Failure = ({ document, error, onAsk }: { document: LibraryDocument; error: ErrorRecord } & Pick<DocumentActions, 'onAsk'>) => {
  const { t } = useTranslation('library');
  const errorText = useErrorText();
  const actions = useLibraryActions();
  const files = useAddFiles();
  const action = failureAction(error);
  const help = {
    retry: () => void actions.retry([document.id]),
    choose: () => void files.chooseFor(document.id),
    encoding: () => onAsk('encoding', [document]),
  };
  return (
    <div className={styles.why} role="gridcell" data-plain onClick={(event) => event.stopPropagation()}>
      <span>{errorText(error)}</span>
      {document.recognisable > 0 && (
        <Button size="s" onClick={() => void actions.recognise(document.id)}>
          {t('recognition.start', { count: document.recognisable })}
        </Button>
      )}
      <Button size="s" onClick={help[action]}>
        {action === 'encoding' ? t('encoding.choose') : t(action)}
      </Button>
    </div>
  );
};
