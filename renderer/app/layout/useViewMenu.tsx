import { AppWindow, Maximize2, Minimize2, MoveRight, PanelLeftClose, RotateCcw, Split } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { areaIds } from '#shared/model/layout'
import { usePhrase } from '../../i18n/usePhrase'
import { useConnectionObject } from '../../state/useConnection'
import type { MenuEntry } from '../../ui/menus'
import { viewWindowsState } from '../viewWindows/viewWindowsState'
import { viewNamed, type ViewId } from '../workspaceViews'
import { areaOf, isFixed, isStacked } from './layout'
import { halfLayoutOf, layoutOf, layoutState } from './layoutState'

/** What can be done with a view, asked when the menu of its tab opens. */
export const useViewMenu = (view: ViewId): (() => readonly MenuEntry[]) => {
  const t = useTranslations('layout')
  const textOf = usePhrase()
  const connection = useConnectionObject()
  const { app } = connection
  return () => {
    const layout = layoutOf(app)
    const { maximised } = halfLayoutOf(app)
    const { maximise, move, hide, show, arrange } = app.get(layoutState)
    const area = areaOf(layout, view) ?? 'centre'
    const fixed = isFixed(layout, view)
    const toMaximise: MenuEntry =
      maximised === view
        ? { label: t('restore'), icon: <Minimize2 size={14} />, shortcut: 'Esc', onSelect: () => maximise(null) }
        : { label: t('maximise'), icon: <Maximize2 size={14} />, onSelect: () => maximise(view) }
    return [
      toMaximise,
      {
        label: t('moveTo'),
        icon: <MoveRight size={14} />,
        items: areaIds.map((id) => ({
          label: t(`areas.${id}`),
          disabled: id === area || fixed,
          onSelect: () => move(view, { area: id, apart: false }),
        })),
      },
      {
        label: t('apart'),
        icon: <Split size={14} />,
        disabled: !isStacked(layout, view),
        onSelect: () => move(view, { area, apart: true }),
      },
      {
        label: t('ownWindow'),
        icon: <AppWindow size={14} />,
        onSelect: () => app.get(viewWindowsState).open(connection, view),
      },
      { label: t('hide'), icon: <PanelLeftClose size={14} />, disabled: fixed, onSelect: () => hide(view) },
      'separator',
      ...layout.hidden.map(({ view: hidden }): MenuEntry => {
        const { id, name, icon: Icon } = viewNamed(hidden)
        return {
          label: t('show', { view: textOf({ key: name }) }),
          icon: <Icon size={14} />,
          onSelect: () => show(id),
        }
      }),
      { label: t('reset'), icon: <RotateCcw size={14} />, onSelect: () => arrange('inspect') },
    ]
  }
}
