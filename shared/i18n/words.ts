import type { en } from './en'

/** The words of one language: a message for each key of the English ones. */
export type Words = Same<typeof en>

/** The dotted way to a message, e.g. `log.menu.copyTopic`. */
export type MessageKey = Leaves<typeof en>

/** The way to a message within a namespace, as `useTranslations(namespace)` takes it. */
export type KeyIn<Namespace extends keyof typeof en> = Leaves<(typeof en)[Namespace]>

/** A message with what stands in its places, to be said in the person's language when it is shown. */
export interface Phrase {
  readonly key: MessageKey
  readonly values?: Readonly<Record<string, string | number>>
}

type Same<Messages> = { readonly [Key in keyof Messages]: Messages[Key] extends string ? string : Same<Messages[Key]> }

type Leaves<Messages, Before extends string = ''> = {
  [Key in keyof Messages & string]: Messages[Key] extends string
    ? `${Before}${Key}`
    : Leaves<Messages[Key], `${Before}${Key}.`>
}[keyof Messages & string]
