import { describe, expect, it, vi } from 'vitest'
import { systemWords } from '#shared/i18n/systemWords'
import { languages } from '#shared/model/settings'
import { editMenuTemplate } from './editContextMenu'

vi.mock('electron', () => ({ Menu: {} }))

const nothing = {
  canUndo: false,
  canRedo: false,
  canCut: false,
  canCopy: false,
  canPaste: false,
  canDelete: false,
  canSelectAll: false,
  canEditRichly: false,
}
const field = { isEditable: true, selectionText: '', editFlags: nothing }

const offered = (...given: Parameters<typeof editMenuTemplate>) =>
  editMenuTemplate(...given).flatMap(({ role, enabled }) => (role === undefined ? [] : [[role, enabled]]))

describe('the menu of a text field', () => {
  it('has what one can do with text, and only what applies is enabled', () => {
    expect(offered({ ...field, editFlags: { ...nothing, canUndo: true, canPaste: true } }, 'en')).toEqual([
      ['undo', true],
      ['redo', false],
      ['cut', false],
      ['copy', false],
      ['paste', true],
      ['selectAll', false],
    ])
  })

  it.each(languages)('speaks %s', (language) => {
    const { undo, redo, cut, copy, paste, selectAll } = systemWords[language].menu
    const labels = editMenuTemplate(field, language).flatMap(({ label }) => label ?? [])
    expect(labels).toEqual([undo, redo, cut, copy, paste, selectAll])
  })
})

describe('the menu of other text', () => {
  it('copies what is marked, and is not there where nothing is', () => {
    const text = { isEditable: false, selectionText: 'marked', editFlags: { ...nothing, canCopy: true } }
    expect(offered(text, 'en')).toEqual([['copy', true]])
    expect(editMenuTemplate({ ...text, selectionText: ' \n' }, 'en')).toEqual([])
  })
})
