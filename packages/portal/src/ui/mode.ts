import { applyMode, Mode } from '@cloudscape-design/global-styles'

const key = 'uais-mode'
const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)').matches

/** The mode in force: the person's choice on this device, else the system's. */
export function currentMode(): 'light' | 'dark' {
  const stored = localStorage.getItem(key)
  if (stored === 'light' || stored === 'dark') return stored
  return prefersDark() ? 'dark' : 'light'
}

export function applyStoredMode(): void {
  const mode = currentMode()
  applyMode(mode === 'dark' ? Mode.Dark : Mode.Light)
  document.documentElement.style.colorScheme = mode
}

export function toggleMode(): 'light' | 'dark' {
  localStorage.setItem(key, currentMode() === 'dark' ? 'light' : 'dark')
  applyStoredMode()
  return currentMode()
}
