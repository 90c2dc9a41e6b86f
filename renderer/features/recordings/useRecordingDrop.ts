import { useEffect } from 'react'
import { recordingsState } from '../../state/recordings'
import { useApp } from '../../state/useApp'

/**
 * Opens a file as a recording that is dropped where nothing else takes files. The page never sees its path: main knows what was
 * dropped last.
 */
export const useRecordingDrop = (): void => {
  const openDropped = useApp(recordingsState, (state) => state.openDropped)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return
      event.preventDefault()
      void openDropped()
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [openDropped])
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false
