import { createContext, useContext } from 'react'

/** Where menus, popovers and dialogs of a window of its own stand; null = in the main window, at the end of its page. */
export const OverlayContainerContext = createContext<HTMLElement | null>(null)

export const useOverlayContainer = (): HTMLElement | null => useContext(OverlayContainerContext)
