import type { App } from '../../state/app'
import { importingState } from './importingState'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files that are dropped where nothing else takes them are read to be imported. Answers its stop. */
export const startFileDrop = (app: App, page: Window): (() => void) => {
  const over = (event: DragEvent) => {
    if (event.defaultPrevented || !holdsFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }
  const drop = (event: DragEvent) => {
    if (event.defaultPrevented || !holdsFiles(event)) return
    event.preventDefault()
    void app.get(importingState).takeDropped()
  }
  page.addEventListener('dragover', over)
  page.addEventListener('drop', drop)
  return () => {
    page.removeEventListener('dragover', over)
    page.removeEventListener('drop', drop)
  }
}
