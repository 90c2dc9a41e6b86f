import type { KeyboardEvent } from 'react'

/** The key that was pressed; '' while an input method composes, because its Escape and Enter are meant for itself. */
export const keyOf = (event: KeyboardEvent): string => (event.nativeEvent.isComposing ? '' : event.key)
