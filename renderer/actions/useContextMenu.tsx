// Why it is so: build/docs/decisions/51-an-action-is-an-object.md
import type { MenuEntry } from '../ui/menus'
import { isEnabled, isShown, labelOf, type Action, type SubjectKind, type Subjects } from './action'
import { shortcutText } from '../ui/shortcut'
import { useActions } from './useActions'
import { usePhrase } from '../i18n/usePhrase'

/** The context menu of a subject, asked when it opens: every action on its kind that stands there, in groups. */
export const useContextMenu = <Kind extends SubjectKind>(
  kind: Kind,
): ((subject: Subjects[Kind]) => readonly MenuEntry[]) => {
  const actions = useActions(kind)
  const entryOf = useMenuEntry<Kind>()
  return (subject) => {
    const shown = actions.filter((action) => action.contextGroup !== undefined && isShown(action, subject))
    const groups = [...new Set(shown.map(({ contextGroup }) => contextGroup ?? 0))].toSorted(
      (one, other) => one - other,
    )
    return groups.flatMap((group, index) => [
      ...(index === 0 ? [] : (['separator'] as const)),
      ...shown.filter(({ contextGroup }) => contextGroup === group).map((action) => entryOf(action, subject)),
    ])
  }
}

const useMenuEntry = <Kind extends SubjectKind>() => {
  const textOf = usePhrase()
  return (action: Action<Kind>, subject: Subjects[Kind]): MenuEntry => {
    const { icon: Icon, danger, shortcut, listKey } = action
    const label = textOf(labelOf(action, subject))
    const icon = Icon ? <Icon size={14} /> : undefined
    if ('choicesOf' in action) {
      const { choices, note } = action.choicesOf(subject)
      const items = choices.map(({ label: choice, code, detail, isEnabled: canRun = true, run }): MenuEntry => ({
        label: textOf(choice),
        ...(code !== undefined && { code }),
        ...(detail && { detail: textOf(detail) }),
        disabled: !canRun,
        onSelect: run,
      }))
      return { label, icon, items: note ? [...items, { note: textOf(note) }] : items }
    }
    const key = shortcut ? shortcutText(shortcut) : listKey === undefined ? undefined : textOf(listKey)
    return {
      label,
      icon,
      ...(danger && { danger }),
      ...(key !== undefined && { shortcut: key }),
      disabled: !isEnabled(action, subject),
      onSelect: () => action.run(subject),
    }
  }
}
