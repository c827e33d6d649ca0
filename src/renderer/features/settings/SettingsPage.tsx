import type { SettingsPageId } from '@renderer/base/routes';
import { AboutPage } from './AboutPage';
import { AgentsPage } from './AgentsPage';
import { DataPage } from './DataPage';
import { GeneralPage } from './GeneralPage';
import { MaintenancePage } from './MaintenancePage';
import { MemoryPage } from './MemoryPage';
import { ProvidersPage } from './ProvidersPage';
import { SearchPage } from './SearchPage';
import { useSettingsPage } from './useSettingsPage';

const pages: Record<SettingsPageId, () => React.ReactNode> = {
  general: GeneralPage,
  providers: ProvidersPage,
  agents: AgentsPage,
  search: SearchPage,
  memory: MemoryPage,
  data: DataPage,
  maintenance: MaintenancePage,
  about: AboutPage,
};

export const SettingsPage = () => {
  const page = useSettingsPage();
  const Page = pages[page];
  return <Page key={page} />;
};
