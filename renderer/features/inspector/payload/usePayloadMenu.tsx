import { Copy, Save, Search, SquareMinus, SquarePlus, TextSelect } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ValueSubject } from '../../../actions/action'
import { useContextMenu } from '../../../actions/useContextMenu'
import type { MenuEntry } from '../../../ui/menus'
import { commandShortcut } from '../../../ui/shortcut'
import type { LineScope } from '../lines/useLineScope'
import type { PayloadVerb } from './usePayloadVerbs'

interface PayloadMenuParts {
  readonly lines: LineScope
  readonly copy: PayloadVerb
  readonly save: PayloadVerb
  readonly find: () => void
  /** The chosen value; null = none is. */
  readonly value: () => ValueSubject | null
  /** Folds all of JSON, or unfolds it; null = there is nothing to fold. */
  readonly foldAll: ((folded: boolean) => void) | null
}

const size = 14

/** The usual menu of a text that cannot be changed; asked when it opens. */
export const usePayloadMenu = (parts: PayloadMenuParts): (() => readonly MenuEntry[]) => {
  const { lines, copy, save, find, value, foldAll } = parts
  const t = useTranslations('inspector')
  const valueMenu = useContextMenu('value')
  const command = (verb: string, { problem, run }: PayloadVerb, icon: MenuEntryIcon) => ({
    label: problem === null ? verb : t('verbWithReason', { verb, reason: problem }),
    icon,
    disabled: problem !== null,
    onSelect: run,
  })
  return () => {
    const copyMarked = lines.copyMarked()
    const subject = value()
    const values = subject ? valueMenu(subject) : []
    return [
      ...values,
      ...(values.length > 0 ? (['separator'] as const) : []),
      {
        label: t('payloadMenu.copy'),
        icon: <Copy size={size} />,
        disabled: copyMarked === null,
        onSelect: () => copyMarked?.(),
        ...(copyMarked ? { shortcut: commandShortcut('C') } : {}),
      },
      {
        ...command(t('copyPayload'), copy, <Copy size={size} />),
        ...(copyMarked || copy.problem !== null ? {} : { shortcut: commandShortcut('C') }),
      },
      {
        label: t('payloadMenu.selectAll'),
        icon: <TextSelect size={size} />,
        shortcut: commandShortcut('A'),
        onSelect: lines.selectAll,
      },
      { label: t('find.open'), icon: <Search size={size} />, shortcut: commandShortcut('F'), onSelect: find },
      ...(foldAll
        ? [
            { label: t('foldAll'), icon: <SquareMinus size={size} />, onSelect: () => foldAll(true) },
            { label: t('unfoldAll'), icon: <SquarePlus size={size} />, onSelect: () => foldAll(false) },
          ]
        : []),
      'separator',
      command(t('savePayload'), save, <Save size={size} />),
    ]
  }
}

type MenuEntryIcon = React.JSX.Element
