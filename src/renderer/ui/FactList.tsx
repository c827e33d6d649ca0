import type { ReactNode } from 'react';

export type Fact = readonly [name: string, value: ReactNode];

/** Facts, each a name with its value; the place that shows them sets their columns. */
export const FactList = ({ facts, className }: { facts: readonly Fact[]; className?: string | undefined }) => (
  <dl className={className}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
