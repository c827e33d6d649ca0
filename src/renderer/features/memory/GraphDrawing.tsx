import { goTo } from '@renderer/base/routes';
import { shortened } from '@renderer/lib/shortened';
import type { MemoryGraph } from '@shared/model';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Graph.module.css';
import { type Box, layoutGraph, nextTowards } from './graphLayout';
import { weightOf } from './memoryGraph';
import { useMemoryView } from './memoryView';

interface GraphDrawingProps {
  graph: MemoryGraph;
  neighbours: readonly (readonly number[])[];
  /** The place of the node that is pointed at; null for none. */
  active: number | null;
  onActive: (place: number | null) => void;
}

/** Characters of a subject in the drawing; the list has all. */
const mostCharacters = 22;
/** The width of a character at the size of the words, about. */
const characterWidth = 6.6;
const lineHeight = 16;

const radiusOf = (items: number): number => Math.min(16, 4 + 2 * Math.sqrt(items));
const boxOf = ({ subject, items }: MemoryGraph['nodes'][number]): Box => {
  const radius = radiusOf(items);
  return {
    width: Math.max(2 * radius, Math.min(subject.length, mostCharacters) * characterWidth) + 12,
    height: 2 * radius + lineHeight + 8,
  };
};

/** The subjects as points with lines between those that are mentioned together. Arrows move over the points, Enter shows the memories. */
export const GraphDrawing = ({ graph, neighbours, active, onActive }: GraphDrawingProps) => {
  const { t } = useTranslation('memory');
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    const watched = new ResizeObserver(measure);
    watched.observe(element);
    measure();
    return () => watched.disconnect();
  }, []);
  const points = useMemo(
    () =>
      size
        ? layoutGraph(
            graph.nodes.map(boxOf),
            graph.edges.map((edge) => ({ ...edge, weight: weightOf(edge) })),
            size,
          )
        : [],
    [graph, size],
  );
  /** The node that Tab reaches. */
  const [reached, setReached] = useState(0);
  const show = (subject: string): void => {
    useMemoryView.setState({ filter: { about: subject } });
    goTo('memory', { page: 'live' });
  };
  const onKeyDown = (event: KeyboardEvent<SVGElement>, place: number, subject: string): void => {
    if (event.key === 'Enter' || event.key === ' ') show(subject);
    else {
      const next = nextTowards(points, place, event.key);
      if (next === null) return;
      event.currentTarget.parentElement?.querySelector<SVGElement>(`[data-place="${next}"]`)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const isNear = (place: number): boolean => active === null || place === active || (neighbours[active]?.includes(place) ?? false);
  return (
    <div ref={frame} className={styles.frame}>
      {size && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing
        <svg className={styles.drawing} width={size.width} height={size.height} role="group" aria-label={t('graph.drawing')}>
          <g aria-hidden>
            {graph.edges.map((edge) => {
              const [from, to] = [points[edge.one], points[edge.other]];
              const isLit = active !== null && (edge.one === active || edge.other === active);
              return (
                from &&
                to && (
                  <line
                    key={`${edge.one} ${edge.other}`}
                    className={styles.edge}
                    data-lit={isLit || undefined}
                    data-dim={(active !== null && !isLit) || undefined}
                    x1={from.x}
                    y1={from.y - lineHeight / 2}
                    x2={to.x}
                    y2={to.y - lineHeight / 2}
                    strokeWidth={Math.min(4, 0.75 + 0.5 * weightOf(edge))}
                  />
                )
              );
            })}
          </g>
          {graph.nodes.map(({ subject, items }, place) => {
            const point = points[place];
            return (
              point && (
                // biome-ignore lint/a11y/useSemanticElements: a button cannot be inside a drawing
                <g
                  key={subject}
                  role="button"
                  tabIndex={place === reached ? 0 : -1}
                  data-place={place}
                  data-dim={!isNear(place) || undefined}
                  data-lit={place === active || undefined}
                  className={styles.node}
                  transform={`translate(${point.x} ${point.y - lineHeight / 2})`}
                  aria-label={t('graph.node', {
                    subject,
                    count: items,
                    others: neighbours[place]?.length ?? 0,
                  })}
                  onClick={() => show(subject)}
                  onKeyDown={(event) => onKeyDown(event, place, subject)}
                  onFocus={() => {
                    setReached(place);
                    onActive(place);
                  }}
                  onBlur={() => onActive(null)}
                  onPointerEnter={() => onActive(place)}
                  onPointerLeave={() => onActive(null)}
                >
                  <circle r={radiusOf(items)} />
                  <text y={radiusOf(items) + lineHeight - 3} textAnchor="middle">
                    {shortened(subject, mostCharacters)}
                  </text>
                </g>
              )
            );
          })}
        </svg>
      )}
    </div>
  );
};
