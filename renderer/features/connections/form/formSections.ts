import type { Problems } from './profileDraft'
import type { FormSection } from './profileField'
import { profileFields } from './profileFields'

/** The section that holds a field, by its dotted path. */
export const sectionOf = (path: string): FormSection => profileFields[placeOf(path)]?.section ?? 'general'

/** The field to jump to. */
export const firstProblemPath = (problems: Problems): string | null =>
  Object.keys(problems).sort((one, other) => placeOf(one) - placeOf(other))[0] ?? null

export const problemCount = (problems: Problems, section: FormSection): number =>
  Object.keys(problems).filter((path) => sectionOf(path) === section).length

/** Where a field stands among all; -1 for what is no field. Parts of a field, as one filter of the list, stand with it. */
const placeOf = (path: string): number =>
  profileFields.findIndex((field) => path === field.path || path.startsWith(`${field.path}.`))
