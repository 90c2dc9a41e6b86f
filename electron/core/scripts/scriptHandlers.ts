import type { CommandName, Handlers } from '#shared/contract'
import type { ScriptRegistry } from './scriptRegistry'

type ScriptCommand = Extract<CommandName, `script.${string}` | `scripts.${string}`>

/** The commands on scripts, a line each. */
export const createScriptHandlers = (scripts: ScriptRegistry): Pick<Handlers, ScriptCommand> => ({
  'scripts.save': (all) => scripts.save(all),
  'script.try': (wanted) => scripts.try(wanted),
  'script.run': (key) => scripts.run(key),
  'script.stop': (key) => Promise.resolve(scripts.stop(key)),
})
