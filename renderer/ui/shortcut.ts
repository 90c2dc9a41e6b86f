/**
 * A combination of keys as Electron writes it: modifiers and a key, e.g. `CmdOrCtrl+Shift+P`. `CmdOrCtrl` is the command
 * key of a Mac and Control elsewhere. Two strings where the platforms differ otherwise.
 */
export type Shortcut = string | { readonly mac: string; readonly other: string }

const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')

export const acceleratorOf = (shortcut: Shortcut, mac = isMac): string =>
  typeof shortcut === 'string' ? shortcut : mac ? shortcut.mac : shortcut.other

/** How it is written beside a command: `Ctrl+Shift+P`, on a Mac `⇧⌘P`. */
export const shortcutText = (shortcut: Shortcut, mac = isMac): string => {
  const { modifiers, key } = partsOf(acceleratorOf(shortcut, mac), mac)
  if (!mac) return [...modifiers, key].join('+')
  return `${macOrder
    .filter((name) => modifiers.has(name))
    .map((name) => macSigns[name])
    .join('')}${key}`
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether the press is exactly this combination. */
export const isPressed = (event: Press, shortcut: Shortcut, mac = isMac): boolean => {
  const { modifiers, key } = partsOf(acceleratorOf(shortcut, mac), mac)
  return (
    event.ctrlKey === modifiers.has('Ctrl') &&
    event.metaKey === modifiers.has('Cmd') &&
    event.altKey === modifiers.has('Alt') &&
    event.shiftKey === modifiers.has('Shift') &&
    event.key.toLowerCase() === key.toLowerCase()
  )
}

type Modifier = 'Ctrl' | 'Alt' | 'Shift' | 'Cmd'

const macSigns: Readonly<Record<Modifier, string>> = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Cmd: '⌘' }
/** The order in which a Mac writes them. */
const macOrder: readonly Modifier[] = ['Ctrl', 'Alt', 'Shift', 'Cmd']

/** How a shortcut with the system's command key is written. */
export const commandShortcut = (key: string): string => shortcutText(`CmdOrCtrl+${key}`)

const isModifier = (name: string): name is Modifier => Object.hasOwn(macSigns, name)

const partsOf = (accelerator: string, mac: boolean) => {
  const names = accelerator.split('+').map((name) => (name === 'CmdOrCtrl' ? (mac ? 'Cmd' : 'Ctrl') : name))
  const modifiers = new Set(names.filter(isModifier))
  return { modifiers, key: names.find((name) => !isModifier(name)) ?? '' }
}

/** Whether a person can choose this combination: one from a file may be any text. */
export const isChoosable = (shortcut: string, mac = isMac): boolean => {
  const { modifiers, key } = partsOf(shortcut, mac)
  const [ctrlKey, metaKey] = [modifiers.has('Ctrl'), modifiers.has('Cmd')]
  const press = { key, ctrlKey, metaKey, altKey: modifiers.has('Alt'), shiftKey: modifiers.has('Shift') }
  return shortcutOfPress(press, mac) !== null
}

/** Keys that are a command by themselves. */
const functionKey = /^F(?:[1-9]|1[0-9]|2[0-4])$/

/** With the command key alone they edit a text, in this application as everywhere. */
const editingKeys = new Set(['A', 'C', 'V', 'X', 'Y', 'Z'])

/**
 * The combination as it is kept, the same on every platform; null = it is none: a modifier alone, or keys that type or edit a text.
 */
export const shortcutOfPress = (event: Press, mac = isMac): string | null => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  const isOne = key.length === 1 && key !== ' ' && key !== '+'
  if (!isOne && !functionKey.test(key)) return null
  const command = mac ? metaKey : ctrlKey
  if (isOne && !command && !altKey && !ctrlKey) return null
  if (command && !altKey && !shiftKey && editingKeys.has(key.toUpperCase())) return null
  const modifiers = [command && 'CmdOrCtrl', mac && ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift']
  return [...modifiers.filter(Boolean), isOne ? key.toUpperCase() : key].join('+')
}
