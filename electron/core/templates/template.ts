import type { CompiledTemplate } from './templateValues'

/**
 * Reads a template in Liquid; `part` names the text of the message it is. A text without `{{` and `{%` renders to itself.
 * What is written in it may come from anyone: it reads no files, runs no code, and ends when it takes too long.
 */
export const compileTemplate = async (text: string, part: string): Promise<CompiledTemplate> => {
  if (!isTemplate(text)) return { ok: true, template: { render: () => ({ ok: true, text }) } }
  // Read when the first template is: the application starts without it.
  const { compileLiquid } = await import('./liquidTemplate')
  return compileLiquid(text, part)
}

const isTemplate = (text: string): boolean => text.includes('{{') || text.includes('{%')
