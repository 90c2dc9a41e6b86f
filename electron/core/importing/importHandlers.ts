import type { Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { ConnectionExport } from '../exporting/exportConnections'
import type { ImportDesk } from './importDesk'

interface ImportHandlerParts {
  readonly importing: ImportDesk
  readonly exporting: ConnectionExport
}

type ImportCommands =
  | 'import.choose'
  | 'import.readText'
  | 'import.look'
  | 'import.readFound'
  | 'import.unlock'
  | 'import.apply'
  | 'import.undo'
  | 'import.clear'
  | 'export.connections'

/** Connections in and out. */
export const createImportHandlers = ({
  importing: desk,
  exporting,
}: ImportHandlerParts): Pick<Handlers, ImportCommands> => ({
  'import.choose': ({ kind }) => desk.choose(kind),
  'import.readText': ({ text }) => desk.readText(text),
  'import.look': () => desk.look(),
  'import.readFound': ({ ids }) => desk.readFound(ids),
  'import.unlock': ({ fileId, password }) => desk.unlock(fileId, password),
  'import.apply': (choice) => desk.apply(choice),
  'import.undo': () => desk.undo(),
  'import.clear': () => {
    desk.clear()
    return ok(null)
  },
  'export.connections': (request) => exporting.write(request),
})
