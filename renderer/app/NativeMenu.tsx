import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { NativeMenuItem } from '#shared/model/nativeMenu'
import { isEnabled, labelOf, type Action } from '../actions/action'
import { acceleratorOf } from '../ui/shortcut'
import { useActions } from '../actions/useActions'
import { useActionText } from '../actions/useActionText'
import type { App } from '../state/app'
import { useAppObject } from '../state/useApp'

/** Ids of the actions that can be carried out now, as one text, so that it is equal as long as they are the same. */
const enabledIds = (app: App, actions: readonly Action<'window'>[]) =>
  actions
    .filter((action) => isEnabled(action, app))
    .map(({ id }) => id)
    .join(' ')

/** Tells main which actions its menu offers, and again whenever their words or what is enabled has changed. */
export function NativeMenu() {
  const app = useAppObject()
  const actions = useActions('window')
  const textOf = useActionText()
  const enabled = useStore(app.store, () => enabledIds(app, actions))
  const items = useMemo(() => {
    const enabledNow = new Set(enabled.split(' '))
    return actions.flatMap((action): NativeMenuItem[] => {
      const { id, nativeMenu: menu, shortcut } = action
      if (menu === undefined) return []
      const accelerator = shortcut ? acceleratorOf(shortcut) : null
      return [{ menu, id, label: textOf(labelOf(action, app)), accelerator, enabled: enabledNow.has(id) }]
    })
  }, [app, actions, textOf, enabled])
  useEffect(() => {
    void app.api.invoke('menu.show', items)
  }, [app, items])
  return null
}
