import { Copy, Crosshair, ListFilter, Palette, Pencil, Replace, Send } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { colourNames } from '#shared/model/colour'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { copyText } from '../../../state/clipboard'
import { logViewState } from '../../../state/logView'
import { probeState } from '../../../state/probe'
import { changeSubscriptions, replaceFilter, sendAnyway } from '../../../state/subscriptionVerbs'
import { useConnectionObject } from '../../../state/useConnection'
import { ColourDot } from '../../../ui/ColourDot'
import type { MenuEntry } from '../../../ui/menus'
import { countOf } from '../nearMisses/NearMissLine'
import type { NearMissesOf } from '../nearMisses/useNearMisses'
import { remedyOf } from './remedy'
import { rowActions } from './rowActions'

/** What can be done to subscriptions: one, or all that were chosen together. */
export const useRowMenu = (onEdit: (status: SubscriptionStatus) => void, near: NearMissesOf) => {
  const t = useTranslations('subscriptions')
  const tUi = useTranslations('ui')
  const connection = useConnectionObject()
  const changes = (statuses: readonly SubscriptionStatus[]): readonly MenuEntry[] =>
    rowActions
      .filter(({ isEnabled }) => isEnabled(statuses))
      .map(({ label, icon: Icon, shortcut, danger, run }) => ({
        label: t(label),
        icon: <Icon size={14} />,
        ...(shortcut && { shortcut: t(shortcut) }),
        ...(danger && { danger }),
        onSelect: () => run(connection, statuses),
      }))
  const colours = (statuses: readonly SubscriptionStatus[]): MenuEntry => ({
    label: t('colour'),
    icon: <Palette size={14} />,
    items: colourNames.map((colour) => ({
      label: tUi(`colours.${colour}`),
      icon: <ColourDot colour={colour} />,
      onSelect: () => changeSubscriptions(connection, statuses, { colour }),
    })),
  })
  const ofOne = (status: SubscriptionStatus): readonly MenuEntry[] => {
    const { id, filter, alias } = status.subscription
    const remedy = remedyOf(status)
    return [
      ...(remedy
        ? [{ label: t(remedy), icon: <Send size={14} />, onSelect: () => void sendAnyway(connection, id) }]
        : []),
      ...(near.get(filter) ?? []).map((miss) => ({
        label: t('near.takeMatching', { filter: visibleName(miss.filter), ...countOf(miss) }),
        icon: <Replace size={14} />,
        onSelect: () => void replaceFilter(connection, status.subscription, miss.filter),
      })),
      { label: t('actions.edit'), icon: <Pencil size={14} />, shortcut: '↵', onSelect: () => onEdit(status) },
      {
        label: t('actions.showMessages'),
        icon: <ListFilter size={14} />,
        onSelect: () => connection.get(logViewState).limitToSubscription(alias || filter),
      },
      {
        label: t('actions.probe'),
        icon: <Crosshair size={14} />,
        onSelect: () => connection.get(probeState).probe(filter),
      },
      { label: t('actions.copy'), icon: <Copy size={14} />, onSelect: () => void copyText(connection.app, filter) },
      'separator',
    ]
  }
  return (statuses: readonly SubscriptionStatus[]): readonly MenuEntry[] => {
    const [first] = statuses
    return [...(first && statuses.length === 1 ? ofOne(first) : []), colours(statuses), ...changes(statuses)]
  }
}
