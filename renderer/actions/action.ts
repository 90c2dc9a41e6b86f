// Why it is so: build/docs/decisions/51-an-action-is-an-object.md
import type { LucideIcon } from 'lucide-react'
import type { NativeMenuName } from '#shared/model/nativeMenu'
import type { Phrase } from '#shared/i18n/words'
import type { JsonPath } from '#shared/json/jsonPath'
import type { FoundValue } from '../model/logSearch/fieldTest'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import type { TopicNode } from '../model/topicIndex/topicIndexNode'
import type { App, Connection } from '../state/app'
import { connectionInView } from '../state/connections'
import { isRecording } from '../state/recordings'
import type { Shortcut } from '../ui/shortcut'

/** What actions are done to, by kind. */
export interface Subjects {
  readonly window: App
  /** One connection, whether it is in view or not. */
  readonly connection: Connection
  readonly topic: { readonly connection: Connection; readonly node: TopicNode }
  readonly message: { readonly connection: Connection; readonly message: MessageView }
  readonly value: ValueSubject
}

/** One value of a structured payload. Path and text of a large one may take a while: they are made when they are asked for. */
export interface ValueSubject {
  readonly connection: Connection
  readonly topic: string
  readonly path: JsonPath
  readonly kind: FoundValue['kind']
  /** Of a text what it says, of everything else how it is written. */
  readonly text: string
  /** The message it was read from; null = it is no longer known which. */
  readonly message: MessageView | null
}

export type SubjectKind = keyof Subjects

/** One of several things an action can do, asked for when its menu opens. */
interface ActionChoice {
  readonly label: Phrase
  /** What it is about, as it is written; e.g. a topic filter. */
  readonly code?: string
  readonly detail?: Phrase | string
  readonly isEnabled?: boolean
  readonly run: () => void
}

export interface ActionChoices {
  readonly choices: readonly ActionChoice[]
  /** Says something about the choices, below them. */
  readonly note?: Phrase
}

interface ActionBase<Kind extends SubjectKind> {
  /** The native menu and tests know it by this. */
  readonly id: string
  readonly on: Kind
  readonly label: Phrase | ((subject: Subjects[Kind]) => Phrase)
  /** What a button of it says, where that is not the label. */
  readonly buttonLabel?: Phrase | ((subject: Subjects[Kind]) => Phrase)
  readonly icon?: LucideIcon
  /** Works wherever the focus is; of actions on the window only. */
  readonly shortcut?: Shortcut
  /** A key that the list handles in which the subject stands; said beside the label. */
  readonly listKey?: Phrase | string
  readonly danger?: boolean
  /** Where it stands in the native menu, and with which others there; absent = not there. */
  readonly nativeMenu?: { readonly menu: NativeMenuName; readonly group: number }
  /** Stands in the context menu of its subject; actions with another number stand apart from it. */
  readonly contextGroup?: number
  /** It sends or asks something: it is missing where nothing can be sent, in a recording that was opened. */
  readonly needsBroker?: true
  /** It is missing where it makes no sense; absent = it always does. */
  readonly isShown?: (subject: Subjects[Kind]) => boolean
  readonly isEnabled?: (subject: Subjects[Kind]) => boolean
  /** Of what is switched on and off: whether it is on. */
  readonly isOn?: (subject: Subjects[Kind]) => boolean
  /** False where another action does the same from there. */
  readonly inPalette?: false
}

interface ActionWithRun<Kind extends SubjectKind> extends ActionBase<Kind> {
  readonly run: (subject: Subjects[Kind]) => void
}

interface ActionWithChoices<Kind extends SubjectKind> extends ActionBase<Kind> {
  readonly choicesOf: (subject: Subjects[Kind]) => ActionChoices
}

/** Something a person can do. Menus, buttons, shortcuts, the command palette and the README all read it from here. */
export type Action<Kind extends SubjectKind> = ActionWithRun<Kind> | ActionWithChoices<Kind>

export type AnyAction = { readonly [Kind in SubjectKind]: Action<Kind> }[SubjectKind]

/** The actions on one kind of subject, in the order of the list. */
export const actionsOn = <Kind extends SubjectKind>(all: readonly AnyAction[], kind: Kind): readonly Action<Kind>[] =>
  all.filter((action): action is Extract<AnyAction, { readonly on: Kind }> & Action<Kind> => action.on === kind)

export const labelOf = <Kind extends SubjectKind>({ label }: Action<Kind>, subject: Subjects[Kind]): Phrase =>
  typeof label === 'function' ? label(subject) : label

export const isShown = <Kind extends SubjectKind>(action: Action<Kind>, subject: Subjects[Kind]): boolean =>
  !(action.needsBroker && isOfRecording(subject)) && (action.isShown?.(subject) ?? true)

const isOfRecording = (subject: Subjects[SubjectKind]): boolean => {
  const connection = connectionOf(subject)
  return connection !== null && isRecording(connection.app, connection.id)
}

/** The connection that it belongs to; of the window the one in view, null = none is. */
const connectionOf = (subject: Subjects[SubjectKind]): Connection | null => {
  if ('connection' in subject) return subject.connection
  return 'app' in subject ? subject : connectionInView(subject)
}

export const isEnabled = <Kind extends SubjectKind>(action: Action<Kind>, subject: Subjects[Kind]): boolean =>
  isShown(action, subject) && (action.isEnabled?.(subject) ?? true)
