import { useCallback, useContext, useSyncExternalStore } from 'react'
import type { Phrase } from '#shared/i18n/words'
import { usePhrase } from '../i18n/usePhrase'
import type { Connection } from '../state/app'
import { connectionsState, selectInView } from '../state/connections'
import { useApp, useAppObject } from '../state/useApp'
import { Button, type ButtonProps } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { shortcutText } from '../ui/shortcut'
import { actionsOn, isEnabled, isShown, labelOf, type Action, type SubjectKind, type Subjects } from './action'
import { ActionsContext } from './useActions'

interface ActionButtonProps<Kind extends SubjectKind> {
  /** Of the action; so that a feature can show a button for what another one does. */
  readonly id: string
  readonly on: Kind
  readonly subject: Subjects[Kind]
  /** The action on the window that does the same to the connection in view; its shortcut is said. */
  readonly keysOf?: string
  /** How a button with words looks, `quiet` without the icon; absent = a button with nothing but the icon. */
  readonly variant?: ButtonProps['variant']
  readonly iconSize?: number
  readonly className?: string | undefined
}

/** The button of an action: named, enabled and pressed as the action says at the moment. */
export function ActionButton<Kind extends SubjectKind>(props: ActionButtonProps<Kind>) {
  const { id, on, subject, keysOf, variant, iconSize = 14, className } = props
  const action = useAction(id, on)
  const twin = actionsOn(useContext(ActionsContext), 'window').find((one) => one.id === keysOf)
  const textOf = usePhrase()
  const shown = useLive(subject, () => isShown(action, subject))
  const label = useLive(subject, () => textOf(buttonLabelOf(action, subject)))
  const enabled = useLive(subject, () => isEnabled(action, subject))
  const pressed = useLive(subject, () => action.isOn?.(subject))
  if (!shown) return null
  const { icon: Icon, shortcut = twin?.shortcut } = action
  const icon = Icon ? <Icon size={iconSize} aria-hidden /> : null
  const common = { className, disabled: !enabled, onClick: () => action.run(subject) }
  if (variant !== undefined)
    return (
      <Button variant={variant} icon={variant === 'quiet' ? null : icon} aria-pressed={pressed} {...common}>
        {label}
      </Button>
    )
  return (
    <IconButton
      label={label}
      icon={icon}
      {...(shortcut && { shortcut: shortcutText(shortcut) })}
      {...(pressed !== undefined && { pressed })}
      {...common}
    />
  )
}

/** What the button says: its label unless a button names it differently, e.g. without the dots of a menu. */
const buttonLabelOf = <Kind extends SubjectKind>(action: Action<Kind>, subject: Subjects[Kind]): Phrase => {
  const { buttonLabel } = action
  return typeof buttonLabel === 'function' ? buttonLabel(subject) : (buttonLabel ?? labelOf(action, subject))
}

const useAction = <Kind extends SubjectKind>(id: string, kind: Kind) => {
  const action = actionsOn(useContext(ActionsContext), kind).find((one) => one.id === id)
  if (!action || !('run' in action)) throw new Error(`There is no action ${id} on a ${kind} that can be carried out.`)
  return action
}

/**
 * Something of the subject, read anew at each change of the window's state and of its connection's; what is done to the
 * window is often done to the connection in view.
 */
const useLive = <Value extends string | boolean | undefined>(
  subject: Subjects[SubjectKind],
  read: () => Value,
): Value => {
  const app = useAppObject()
  const own = connectionOf(subject)
  const connection = useApp(connectionsState, (state) => own ?? selectInView(state))
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [app.store.subscribe(listener), connection?.store.subscribe(listener)]
      return () => stops.forEach((stop) => stop?.())
    },
    [app, connection],
  )
  return useSyncExternalStore(subscribe, read)
}

const connectionOf = (subject: Subjects[SubjectKind]): Connection | null => {
  if ('connection' in subject) return subject.connection
  return 'app' in subject ? subject : null
}
