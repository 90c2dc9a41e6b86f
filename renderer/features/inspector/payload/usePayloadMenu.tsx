import { Copy, Save, TextSelect } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { MenuEntry } from '../../../ui/menus'
import { commandShortcut } from '../../../ui/shortcut'
import type { LineScope } from '../lines/useLineScope'
import type { PayloadVerb } from './usePayloadVerbs'

interface PayloadMenuParts {
  readonly lines: LineScope
  readonly copy: PayloadVerb
  readonly save: PayloadVerb
}

const size = 14

/** The usual menu of a text that cannot be changed; asked when it opens. */
export const usePayloadMenu = ({ lines, copy, save }: PayloadMenuParts): (() => readonly MenuEntry[]) => {
  const t = useTranslations('inspector')
  const command = (verb: string, { problem, run }: PayloadVerb, icon: MenuEntryIcon) => ({
    label: problem === null ? verb : t('verbWithReason', { verb, reason: problem }),
    icon,
    disabled: problem !== null,
    onSelect: run,
  })
  return () => {
    const copyMarked = lines.copyMarked()
    return [
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
      'separator',
      command(t('savePayload'), save, <Save size={size} />),
    ]
  }
}

type MenuEntryIcon = React.JSX.Element
