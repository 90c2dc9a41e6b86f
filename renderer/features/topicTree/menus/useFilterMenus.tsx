import { Rss, SearchCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { probeState } from '../../../state/probe'
import { draftFilter } from '../../../state/subscribeField'
import { useConnectionObject } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'
import { rowFiltersOf, type RowFilter } from './rowFilters'

/** Milliseconds that opening the menu may count topics. */
const countingMs = 40

/** What a row's filters can be used for, each use with the same list of them; counts are made when it is called. */
export const useFilterMenus = (): ((node: TopicNode) => readonly MenuEntry[]) => {
  const t = useTranslations('topicTree')
  const { labelOf, detailOf, moreLevels } = useFilterTexts()
  const connection = useConnectionObject()
  return (node) => {
    const { tree } = connection.model
    const { filters, cut } = rowFiltersOf(node)
    const deadline = performance.now() + countingMs
    const counted = filters.map((offer) => ({
      ...offer,
      detail: detailOf(offer, tree.countMatching(offer.filter, () => performance.now() > deadline)?.topics ?? null),
    }))
    const entriesFor = (choose: (filter: string) => void): readonly MenuEntry[] => [
      ...counted.map((offer): MenuEntry => ({
        label: labelOf(offer),
        code: offer.filter,
        detail: offer.detail,
        disabled: offer.problem !== null,
        onSelect: () => choose(offer.filter),
      })),
      ...(cut ? [{ note: moreLevels }] : []),
    ]
    return [
      {
        label: t('menu.subscribe'),
        icon: <Rss size={14} />,
        items: entriesFor((filter) => draftFilter(connection, filter)),
      },
      {
        label: t('menu.probe'),
        icon: <SearchCheck size={14} />,
        items: entriesFor((filter) => connection.get(probeState).probe(filter)),
      },
    ]
  }
}

const useFilterTexts = () => {
  const t = useTranslations('topicTree')
  return {
    labelOf: ({ kind, level }: RowFilter) => t(`rowFilters.${kind}`, { level }),
    detailOf: ({ problem }: RowFilter, topics: number | null) =>
      problem === null ? (topics === null ? '…' : t('topicCount', { topics })) : t(`rowProblems.${problem}`),
    moreLevels: t('rowFilters.moreLevels'),
  }
}
