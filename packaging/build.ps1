# The program as one folder for Windows, and that folder as a .zip to hand on. From the top of the repository:
#   powershell -ExecutionPolicy Bypass -File packaging\build.ps1
# Needs Python 3.11 or newer (python.org) and, once, a network; what is fetched must have the hashes of requirements\dev.txt.
param([string]$Python = "py")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with $LASTEXITCODE" }
}

$Own = ".venv-folder\Scripts\python.exe"
if (-not (Test-Path $Own)) { Invoke-Checked $Python @("-m", "venv", ".venv-folder") }
Invoke-Checked $Own @("-m", "pip", "install", "--require-hashes", "--requirement", "requirements\dev.txt")
Invoke-Checked $Own @("-m", "pip", "install", "--no-deps", "--no-build-isolation", "--editable", ".")
Invoke-Checked $Own @("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", "dist",
    "--workpath", "build\folder", "packaging\lbt-audit.spec")

Copy-Item "packaging\desk.bat" "dist\lbt-audit"
Copy-Item "LICENSE", "NOTICE" "dist\lbt-audit"
Invoke-Checked "dist\lbt-audit\lbt-audit.exe" @("rules", "list")
Invoke-Checked "dist\lbt-audit\lbt-audit.exe" @("check", "sample_data\qinghe", "--out", "build\folder-report", "--fail-on", "never")
Compress-Archive -Force -Path "dist\lbt-audit" -DestinationPath "dist\lbt-audit-windows.zip"
Write-Host "dist\lbt-audit-windows.zip is ready: unpack it anywhere and double-click desk.bat"
