/**
 * Makes an empty window look like the page: its styles, its theme and its language, now and whenever they change. Answers
 * its stop.
 */
export const mirrorPage = (page: Document, empty: Document): (() => void) => {
  const copies = new Map<Node, Node>()
  const add = (style: Node) => {
    if (!isStyle(style) || copies.has(style)) return
    const copy = empty.importNode(style, true)
    if ('href' in style && 'href' in copy) copy.href = style.href
    // The page's policy holds there too, and a nonce is hidden from whoever copies its element.
    copy.nonce = style.nonce
    copies.set(style, copy)
    empty.head.append(copy)
  }
  const remove = (style: Node) => {
    const copy = copies.get(style)
    if (copy?.parentNode) copy.parentNode.removeChild(copy)
    copies.delete(style)
  }
  const dress = () => {
    for (const { name, value } of page.documentElement.attributes) empty.documentElement.setAttribute(name, value)
  }
  const observer = new MutationObserver((changes) => {
    for (const { type, addedNodes, removedNodes } of changes) {
      if (type === 'attributes') dress()
      addedNodes.forEach(add)
      removedNodes.forEach(remove)
    }
  })
  page.head.childNodes.forEach(add)
  dress()
  observer.observe(page.head, { childList: true })
  observer.observe(page.documentElement, { attributes: true })
  return () => observer.disconnect()
}

const isStyle = (node: Node): node is HTMLStyleElement | HTMLLinkElement =>
  node instanceof HTMLStyleElement || (node instanceof HTMLLinkElement && node.rel === 'stylesheet')
