import type { en } from './en'

/** The words of one language: a message for each key of the English ones. */
export type Words = Same<typeof en>

/** The dotted way to a message, e.g. `log.menu.copyTopic`. */
export type MessageKey = Leaves<typeof en>

type Same<Messages> = { readonly [Key in keyof Messages]: Messages[Key] extends string ? string : Same<Messages[Key]> }

type Leaves<Messages, Before extends string = ''> = {
  [Key in keyof Messages & string]: Messages[Key] extends string
    ? `${Before}${Key}`
    : Leaves<Messages[Key], `${Before}${Key}.`>
}[keyof Messages & string]
