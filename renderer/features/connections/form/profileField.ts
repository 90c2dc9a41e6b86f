import type { ComponentType } from 'react'
import type { KeyIn } from '#shared/i18n/words'
import type { DraftForm } from './draftForm'
import type { CheckPath, NumberPath, TextPath } from './profilePaths'

/** Sections of the form, in their order. */
export const formSections = ['general', 'session', 'tls', 'will', 'subscriptions', 'history', 'cloud'] as const
export type FormSection = (typeof formSections)[number]

/** Fields that most connections leave as they are, folded away in one place of their section. */
export type Fold = 'tlsMore' | 'signIn' | 'authentication' | 'network' | 'connectProperties' | 'willProperties'

/** How much of a line a field takes. */
type FieldWidth = 'whole' | 'twoThirds' | 'half' | 'hostWidth' | 'third' | 'quarter'

interface AnyField {
  readonly section: FormSection
  readonly width: FieldWidth
  /** Absent = always. */
  readonly isShown?: (form: DraftForm) => boolean
  /** Absent = it is always in sight. Fields of one fold stand behind each other. */
  readonly fold?: Fold
  /** It stands below the field before it, in the same place. */
  readonly joins?: boolean
}

/** Words are keys of the catalogue `profile`; where they depend on the draft, functions. */
interface NamedField extends AnyField {
  readonly label: FieldWords<KeyIn<'profile'>>
  readonly hint?: FieldWords<KeyIn<'profile'> | undefined>
  readonly isDisabled?: (form: DraftForm) => boolean
}
export type FieldWords<Key> = Key | ((form: DraftForm) => Key)

interface TextInput extends NamedField {
  readonly kind: 'text'
  readonly path: TextPath
  readonly mono?: boolean
  readonly placeholder?: KeyIn<'profile'>
}

interface NumberInput extends NamedField {
  readonly kind: 'number'
  readonly path: NumberPath
  readonly mono?: boolean
}

/** Path of a certificate or key, typed or chosen. */
interface FileInput extends NamedField {
  readonly kind: 'file'
  readonly path: TextPath
}

interface CheckInput extends NamedField {
  readonly kind: 'check'
  readonly path: CheckPath
}

interface SelectInput extends NamedField {
  readonly kind: 'select'
  readonly path: string
  readonly options: readonly string[]
  /** The words of an option; absent = an option is its own word. */
  readonly wordsOf?: (option: string) => KeyIn<'profile'>
}

/** A field with behaviour of its own. */
interface OwnField extends AnyField {
  readonly kind: 'own'
  /** Into the profile, or the name of a secret. */
  readonly path: string
  readonly Component: ComponentType<{ readonly form: DraftForm }>
}

/**
 * One field of the form. What it takes and what it is by default says the schema at its path; the sentence for a problem
 * there is the one of the schema's message, in `problems` of the catalogue.
 */
export type ProfileField = TextInput | NumberInput | FileInput | CheckInput | SelectInput | OwnField
