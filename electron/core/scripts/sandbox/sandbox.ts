import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  Scope,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core'
import variant from '@jitl/quickjs-singlefile-cjs-release-sync'
import { scriptLimits } from '#shared/model/script'
import { prelude } from './prelude'
import { createCollected, type Collected } from './collected'
import { faultOf, SandboxFault, type Fault, type Place } from './sandboxFault'

/** What a script is called with, as it crosses to its thread. */
export interface SandboxInput {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: number
  readonly retain: boolean
  readonly properties: Readonly<Record<string, unknown>> & { readonly correlationData?: Uint8Array | undefined }
  /** The name of the connection. */
  readonly connection: string
  /** Which call it is, from 1; of a sender, the device. */
  readonly n: number
  /** Of a sender: which message of its device, from 1. */
  readonly i?: number
}

/** What one call came to. */
export interface SandboxOutcome {
  readonly made: readonly Collected[]
  readonly lines: readonly string[]
  readonly fault: Fault | null
  readonly milliseconds: number
}

/** An engine of JavaScript that has nothing of this computer but the time. */
export interface Sandbox {
  call(input: SandboxInput): SandboxOutcome
}

/** Bytes that the engine is built to begin with. */
const firstBytes = 16 * 2 ** 20
const pagesOf = (bytes: number) => bytes / 2 ** 16

/** Bytes of the engine's own stack: what recursion ends at before the thread's stack does. */
const stackBytes = 2 ** 18
/** Milliseconds for saying what failed. */
const describeMs = 100

/** Throws a `SandboxFault` where the text is no script. Nothing is given back: a sandbox ends with its thread. */
export const createSandbox = async (text: string): Promise<Sandbox> => {
  // The engine's own limit counts no sizes here (it reached 2 GB under a limit of 32 MB): this memory cannot grow further.
  const wasmMemory = new WebAssembly.Memory({
    initial: pagesOf(firstBytes),
    maximum: pagesOf(scriptLimits.memoryBytes),
  })
  const engine = await newQuickJSWASMModuleFromVariant(newVariant(variantOf(variant), { wasmMemory }))
  const runtime = engine.newRuntime()
  runtime.setMaxStackSize(stackBytes)
  const watch = watchTime(runtime)
  const vm = runtime.newContext()
  const lines = createLines()
  const verbs = runPrelude(vm, lines.write)
  const verb = (name: VerbName, ...handles: QuickJSHandle[]) => vm.callFunction(verbs[name], vm.undefined, handles)
  const describe = (error: QuickJSHandle): string | null => {
    if (vm.typeof(error) !== 'object' && vm.typeof(error) !== 'string' && vm.typeof(error) !== 'number') return null
    watch.allow(describeMs)
    const described = verb('describe', error)
    return described.error ? '{}' : described.value.consume((text) => vm.getString(text))
  }
  const thrown = (error: QuickJSHandle, place: Place): SandboxFault => {
    const isLate = watch.isLate()
    return faultOf(describe(error), { isLate, isBeginning: place === noPlace, place })
  }

  watch.allow(scriptLimits.callMs)
  const top = guarded(() => vm.evalCode(text, 'script.js'), noPlace)
  if (top.error) throw thrown(top.error, noPlace)
  const onMessage = vm.unwrapResult(
    vm.evalCode("typeof onMessage === 'function' ? onMessage : undefined", 'prelude.js'),
  )
  if (vm.typeof(onMessage) !== 'function') throw new SandboxFault({ problem: 'noFunction', detail: '', ...noPlace })
  const place = placeOf(vm, verb('place', onMessage))
  const state = vm.newObject()

  const run = (input: SandboxInput): readonly Collected[] =>
    Scope.withScope((scope) => {
      const answerOf = (act: () => VmResult): QuickJSHandle => {
        const result = guarded(act, place)
        if (result.error) throw thrown(scope.manage(result.error), place)
        return scope.manage(result.value)
      }
      watch.allow(scriptLimits.callMs)
      const { head, bytes } = crossing(input)
      const sent = [scope.manage(vm.newString(head)), scope.manage(vm.newArrayBuffer(bytes))]
      let collected = answerOf(() => verb('call', onMessage, state, ...sent))
      if (vm.typeof(collected) === 'undefined') {
        const ran = guarded(() => runtime.executePendingJobs(), place)
        if (ran.error) throw thrown(scope.manage(ran.error), place)
        collected = answerOf(() => verb('settle'))
        const problem = watch.isLate() ? 'tooLong' : 'neverResolves'
        if (vm.typeof(collected) === 'undefined') throw new SandboxFault({ problem, detail: '', ...place })
      }
      const buffer = (index: number): Uint8Array => {
        const found = answerOf(() => verb('buffer', scope.manage(vm.newNumber(index))))
        return scope.manage(vm.getArrayBuffer(found)).value.slice()
      }
      return createCollected(vm.getString(collected), buffer, place)
    })
  return {
    call: (input) => {
      const begun = performance.now()
      const outcome = (made: readonly Collected[], fault: Fault | null): SandboxOutcome => ({
        made,
        fault,
        lines: lines.take(),
        milliseconds: performance.now() - begun,
      })
      try {
        return outcome(run(input), null)
      } catch (error) {
        return outcome([], error instanceof SandboxFault ? error.fault : { problem: 'stack', detail: '', ...place })
      }
    },
  }
}

const noPlace: Place = { line: 1, column: 1 }

/** A CommonJS module's default export stands one level deeper, depending on who loads it. */
const variantOf = (loaded: typeof variant): typeof variant =>
  'default' in loaded ? (loaded as { readonly default: typeof variant }).default : loaded

/** The engine is asked again and again whether it may go on: in loops, in regular expressions, in calls. */
const watchTime = (runtime: QuickJSRuntime) => {
  let until = Infinity
  let isLate = false
  runtime.setInterruptHandler(() => {
    if (performance.now() < until) return false
    isLate = true
    return true
  })
  return {
    allow: (milliseconds: number) => {
      isLate = false
      until = performance.now() + milliseconds
    },
    isLate: () => isLate,
  }
}

const createLines = () => {
  let lines: string[] = []
  return {
    write: (line: string) => {
      if (lines.length < scriptLimits.lines) lines.push(line)
      else if (lines.length === scriptLimits.lines) lines.push('…')
    },
    take: () => {
      const taken = lines
      lines = []
      return taken
    },
  }
}

type VerbName = 'call' | 'settle' | 'buffer' | 'describe' | 'place'
type VmResult = ReturnType<QuickJSContext['callFunction']>

const runPrelude = (
  vm: QuickJSContext,
  writeLine: (line: string) => void,
): Readonly<Record<VerbName, QuickJSHandle>> => {
  const write = vm.newFunction('log', (line) => writeLine(String(JSON.parse(vm.getString(line)))))
  const toUtf8 = vm.newFunction('toUtf8', (text) => {
    const bytes = new TextEncoder().encode(String(JSON.parse(vm.getString(text))))
    return vm.newArrayBuffer(exact(bytes))
  })
  const fromUtf8 = vm.newFunction('fromUtf8', (buffer) =>
    vm.newString(JSON.stringify(new TextDecoder().decode(vm.getArrayBuffer(buffer).value))),
  )
  const { outputs, outputBytes, lineLength } = scriptLimits
  const limits = vm.unwrapResult(vm.evalCode(`(${JSON.stringify({ outputs, outputBytes, lineLength })})`))
  const start = vm.unwrapResult(vm.evalCode(prelude, 'prelude.js'))
  const verbs = vm.unwrapResult(vm.callFunction(start, vm.undefined, [write, toUtf8, fromUtf8, limits]))
  const verb = (name: VerbName) => vm.getProp(verbs, name)
  return {
    call: verb('call'),
    settle: verb('settle'),
    buffer: verb('buffer'),
    describe: verb('describe'),
    place: verb('place'),
  }
}

/** A buffer of these bytes alone. */
const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

const crossing = ({ payload, properties, ...others }: SandboxInput) => {
  const { correlationData, ...plain } = properties
  const head = {
    ...others,
    properties: plain,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload),
    ...(correlationData ? { correlationData: [...correlationData] } : {}),
  }
  return { head: JSON.stringify(head), bytes: exact(payload) }
}

/** What the engine calls inside itself may need more of the thread's stack than it knows of. */
const guarded = <T>(act: () => T, place: Place): T => {
  try {
    return act()
  } catch {
    throw new SandboxFault({ problem: 'stack', detail: '', ...place })
  }
}

const placeOf = (vm: QuickJSContext, told: VmResult): Place => {
  if (told.error) return noPlace
  const [line, column] = JSON.parse(vm.getString(told.value)) as unknown[]
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : noPlace
}
