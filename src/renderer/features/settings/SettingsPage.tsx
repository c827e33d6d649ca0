import { AboutPage } from './AboutPage';
import { AgentsPage } from './AgentsPage';
import { DataPage } from './DataPage';
import { GeneralPage } from './GeneralPage';
import { ProvidersPage } from './ProvidersPage';
import { type SettingsPageId, useSettingsRoute } from './route';
import { SearchPage } from './SearchPage';

const pages: Record<SettingsPageId, () => React.ReactNode> = {
  general: GeneralPage,
  providers: ProvidersPage,
  agents: AgentsPage,
  search: SearchPage,
  data: DataPage,
  about: AboutPage,
};

export const SettingsPage = () => {
  const page = useSettingsRoute();
  const Page = pages[page];
  return <Page key={page} />;
};
