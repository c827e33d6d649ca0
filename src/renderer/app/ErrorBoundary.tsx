import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ErrorBoundary.module.css';

interface Props {
  /** A new value shows the page again. */
  resetKey?: string;
  children: ReactNode;
}

/** A page that fails must not affect the others. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };
  static getDerivedStateFromError = (error: Error) => ({ error });

  override componentDidCatch(error: Error): void {
    console.error(error);
  }
  override componentDidUpdate(before: Props): void {
    if (this.state.error && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }
  override render(): ReactNode {
    return this.state.error ? <Crash error={this.state.error} onReset={() => this.setState({ error: null })} /> : this.props.children;
  }
}

const Crash = ({ error, onReset }: { error: Error; onReset: () => void }) => {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('crash.title')} action={<Button onClick={onReset}>{t('crash.reload')}</Button>}>
      {t('crash.text')}
      <details className={styles.details}>
        <summary>{t('crash.details')}</summary>
        <pre>{error.stack ?? error.message}</pre>
      </details>
    </EmptyState>
  );
};
