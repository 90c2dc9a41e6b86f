import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron'
import type { Language } from '#shared/model/settings'
import { systemWords } from '#shared/i18n/systemWords'

type MenuSubject = Pick<ContextMenuParams, 'isEditable' | 'editFlags' | 'selectionText'>

/** What can be done with the text under the pointer; empty = it is no text field, and nothing of it is marked. */
export const editMenuTemplate = (subject: MenuSubject, language: Language): MenuItemConstructorOptions[] => {
  const labels = systemWords[language].menu
  const { isEditable, editFlags, selectionText } = subject
  const copy: MenuItemConstructorOptions = { role: 'copy', label: labels.copy, enabled: editFlags.canCopy }
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy]
  return [
    { role: 'undo', label: labels.undo, enabled: editFlags.canUndo },
    { role: 'redo', label: labels.redo, enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: labels.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: labels.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: labels.selectAll, enabled: editFlags.canSelectAll },
  ]
}

/** The usual menu of text fields and marked text. Parts of the page that have a menu of their own never ask for it. */
export const offerEditMenu = (window: BrowserWindow, language: () => Language): void => {
  window.webContents.on('context-menu', (_event, subject) => {
    const template = editMenuTemplate(subject, language())
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
