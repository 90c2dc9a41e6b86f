import { createContext, useContext, useLayoutEffect, type RefObject } from 'react'
import { isHtmlElement } from './elements'

/** Takes how many pixels of height the content of a resizable pane needs, so that the pane may fit it. */
export const ContentHeightContext = createContext<(pixels: number) => void>(() => undefined)

interface ContentHeight {
  /** Holds the list and what stands above and below it; null = the pane stays as it is. */
  readonly pane: RefObject<HTMLElement | null> | null
  readonly list: HTMLElement | null
  /** Of all its rows, whether they are in view or not. */
  readonly listHeight: number
  /** Another one when something beside the list comes or goes; a sentence that comes while one types moves no pane. */
  readonly beside: string
}

/** Tells the pane around how high it must be to show a list as a whole. */
export const useContentHeight = ({ pane, list, listHeight, beside }: ContentHeight): void => {
  const tell = useContext(ContentHeightContext)
  useLayoutEffect(() => {
    if (pane?.current && list) tell(listHeight + heightBeside(pane.current, list))
  }, [tell, pane, list, listHeight, beside])
}

const heightBeside = (pane: HTMLElement, list: HTMLElement): number =>
  [...pane.children].reduce(
    (sum, child) => (child.contains(list) || !isHtmlElement(child) ? sum : sum + child.offsetHeight),
    0,
  )
