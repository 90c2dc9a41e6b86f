// Why it is so: build/docs/decisions/53-sentences-are-made-in-the-window.md
import { languages, type Language } from '../model/settings'
import type { namespaces } from './namespaces'

/** The words of one language, as the translation library takes them. */
export type Words = InOneLanguage<typeof namespaces>

/** The dotted way to a message, e.g. `log.menu.copyTopic`. */
export type MessageKey = Leaves<typeof namespaces>

/** The way to a message within a namespace, as `useTranslations(namespace)` takes it. */
export type KeyIn<Namespace extends keyof typeof namespaces> = Leaves<(typeof namespaces)[Namespace]>

/** A message with what stands in its places, to be said in the person's language when it is shown. */
export interface Phrase {
  readonly key: MessageKey
  readonly values?: Readonly<Record<string, string | number>>
}

/** A message that lacks a language is none, so its key does not compile where it is used. */
type Message = Readonly<Record<Language, string>>

export type InOneLanguage<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends Message ? string : InOneLanguage<Tree[Key]>
}

type Leaves<Tree, Before extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends Message ? `${Before}${Key}` : Leaves<Tree[Key], `${Before}${Key}.`>
}[keyof Tree & string]

/** Takes one language out of a tree of messages; one that has a single language already is as it was. */
export const wordsIn = <Tree extends object>(tree: Tree, language: Language): InOneLanguage<Tree> =>
  // The types above say of each message what the function does to it.
  Object.fromEntries(
    Object.entries(tree).map(([key, value]: [string, object | string]) => [
      key,
      typeof value === 'string' ? value : isMessage(value) ? value[language] : wordsIn(value, language),
    ]),
  ) as InOneLanguage<Tree>

const isMessage = (value: object): value is Message =>
  languages.every((language) => typeof (value as Partial<Message>)[language] === 'string')
