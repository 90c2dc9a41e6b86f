// Why it is so: build/docs/decisions/95-what-is-not-in-sight-is-loaded-later.md
import { useEffect, useSyncExternalStore, type ComponentType } from 'react'

/** A component whose code is loaded when it is first needed, or before. Nothing is drawn in its place until then. */
export type Later<Props extends object> = ComponentType<Props> & {
  /** Loads its code, once. From then on it is drawn at once, as if it had always been there. */
  readonly load: () => Promise<void>
}

export const later = <Props extends object>(find: () => Promise<ComponentType<Props>>): Later<Props> => {
  let found: ComponentType<Props> | null = null
  let loading: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const load = () =>
    (loading ??= find().then(
      (component) => {
        found = component
        for (const listener of listeners) listener()
      },
      (error: unknown) => {
        // Whoever needs it next tries again.
        loading = null
        throw error
      },
    ))
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const get = () => found
  function LoadedLater(props: Props) {
    const Found = useSyncExternalStore(subscribe, get)
    useEffect(() => {
      if (!Found) void load()
    }, [Found])
    return Found ? <Found {...props} /> : null
  }
  return Object.assign(LoadedLater, { load })
}
