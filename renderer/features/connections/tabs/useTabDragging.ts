import { useState, type DragEvent } from 'react'
import { connectionsState } from '../../../state/connections'
import { useConnectionObject } from '../../../state/useConnection'
import type { TabSide } from './moveTab'

/** What is dragged; until it is dropped the browser tells nothing of it but this. */
const dragType = 'application/x-topicscope-connection'

/** A tab is dragged to another one, and dropped before or behind it, where a line says so. */
export const useTabDragging = () => {
  const { app, id } = useConnectionObject()
  const [dropSide, setDropSide] = useState<TabSide | null>(null)
  const handleOver = (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes(dragType)) return
    event.preventDefault()
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setDropSide(event.clientX < left + width / 2 ? 'left' : 'right')
  }
  const handleDrop = (event: DragEvent<HTMLElement>) => {
    setDropSide(null)
    if (!event.dataTransfer.types.includes(dragType)) return
    event.preventDefault()
    const { tabs, moveTab: put } = app.get(connectionsState)
    const dragged = event.dataTransfer.getData(dragType)
    const others = tabs.filter((one) => one !== dragged)
    if (dragged !== id) put(dragged, dropSide === 'left' ? id : (others[others.indexOf(id) + 1] ?? null))
  }
  return {
    draggable: true,
    'data-drop': dropSide ?? undefined,
    onDragStart: (event: DragEvent<HTMLElement>) => event.dataTransfer.setData(dragType, id),
    onDragOver: handleOver,
    onDragLeave: () => setDropSide(null),
    onDrop: handleDrop,
  }
}
