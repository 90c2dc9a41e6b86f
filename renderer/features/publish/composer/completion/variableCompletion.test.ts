import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { variablesAt } from './variableCompletion'

/** The text with the first variable that is offered at `|` in it; null = none is. */
const applied = (marked: string, names: readonly string[] = ['site', 'password']) => {
  const pos = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = variablesAt({ pos, state: EditorState.create({ doc: text }) }, names)
  if (!found) return null
  expect(found.options.map(({ label }) => label)).toEqual(names)
  return `${text.slice(0, found.from)}${found.options[0]?.label}${text.slice(found.to)}`
}

it.each([
  ['{{ env.|', '{{ env.site'],
  ['{{ env.si| }}', '{{ env.site }}'],
  ['{{ env.p|ass }} x', '{{ env.site }} x'],
  ['{"a":"{{ 1 | plus: env.|', '{"a":"{{ 1 | plus: env.site'],
  ['{% if env.|\n', '{% if env.site\n'],
  ['{{ env.site }}-{{env.|}}', '{{ env.site }}-{{env.site}}'],
])('offers variables in %j', (marked, text) => {
  expect(applied(marked.replace('1 | plus', '1 ¦ plus'))?.replace('¦', '|')).toBe(text)
})

it.each(['env.|', '{{ env.site }} env.|', '{{ env|', '{{ myenv.|', '{ env.|'])('offers none in %j', (marked) => {
  expect(applied(marked)).toBeNull()
})

it('offers none where there are none', () => {
  expect(applied('{{ env.|', [])).toBeNull()
})
