import { useState, type DragEvent } from 'react'

export interface FileDrop {
  /** A file is held over it. */
  readonly isOver: boolean
  /** For the element on which it may be dropped. */
  readonly handlers: {
    readonly onDragOverCapture?: (event: DragEvent) => void
    readonly onDragLeaveCapture?: (event: DragEvent) => void
    readonly onDropCapture?: (event: DragEvent) => void
  }
}

/** Takes the first file that is dropped, before the editor takes its text. Null = none may be. */
export const useFileDrop = (onDrop: ((file: File) => void) | null): FileDrop => {
  const [isOver, setIsOver] = useState(false)
  if (!onDrop) return { isOver: false, handlers: {} }
  return {
    isOver,
    handlers: {
      onDragOverCapture: (event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setIsOver(true)
      },
      onDragLeaveCapture: (event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        setIsOver(false)
      },
      onDropCapture: (event) => {
        setIsOver(false)
        if (!hasFiles(event)) return
        event.preventDefault()
        event.stopPropagation()
        const [file] = event.dataTransfer.files
        if (file) onDrop(file)
      },
    },
  }
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files')
