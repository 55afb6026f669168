<#
.SYNOPSIS
Makes the .msi for Windows on x86-64, from a checkout, into target\installers.

.DESCRIPTION
    powershell -ExecutionPolicy Bypass -File installers\windows.ps1                the .msi
    powershell -ExecutionPolicy Bypass -File installers\windows.ps1 -Type image    only the folder with program and runtime
    powershell -ExecutionPolicy Bypass -File installers\windows.ps1 -Type cuda     the add-on for GPUs from NVIDIA, a .zip

Needs a JDK 25 and Maven (both on PATH, or JAVA_HOME), and for the .msi the WiX Toolset: 3.14 (candle.exe and light.exe on PATH)
or 4 and 5 (wix.exe on PATH, with WixToolset.Util.wixext and WixToolset.UI.wixext of the same version:
wix extension add -g WixToolset.Util.wixext). A window opens for some seconds while the start is recorded.
The result is not signed: docs/installing.md says what people see then.
#>
param(
    [ValidateSet('msi', 'image', 'cuda')]
    [string]$Type = 'msi'
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent $PSScriptRoot
$out = Join-Path $root 'target\installers'

function Invoke-Tool([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$Program ended with $LASTEXITCODE"
    }
}

function Find-Jdk {
    $candidates = @()
    if ($env:JAVA_HOME) { $candidates += $env:JAVA_HOME }
    $javac = Get-Command javac -ErrorAction SilentlyContinue
    if ($javac) { $candidates += Split-Path -Parent (Split-Path -Parent $javac.Source) }
    foreach ($folder in 'Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'BellSoft') {
        $path = Join-Path $env:ProgramFiles $folder
        if (Test-Path $path) { $candidates += (Get-ChildItem $path -Directory).FullName }
    }
    foreach ($candidate in $candidates) {
        $release = Join-Path $candidate 'release'
        $jpackage = Join-Path $candidate 'bin\jpackage.exe'
        if ((Test-Path $release) -and (Test-Path $jpackage)) {
            $line = Select-String -Path $release -Pattern '^JAVA_VERSION="(\d+)' | Select-Object -First 1
            if ($line -and [int]$line.Matches[0].Groups[1].Value -ge 25) { return $candidate }
        }
    }
    throw 'No JDK 25 or newer was found. Install one, or set JAVA_HOME to it.'
}

function Assert-Wix {
    if (Get-Command wix -ErrorAction SilentlyContinue) { return }
    if ((Get-Command candle -ErrorAction SilentlyContinue) -and (Get-Command light -ErrorAction SilentlyContinue)) { return }
    throw 'The WiX Toolset was not found: put 3.14 (candle.exe, light.exe) or 4 and 5 (wix.exe) on PATH.'
}

if ($Type -eq 'msi') { Assert-Wix }
$env:JAVA_HOME = Find-Jdk
$java = Join-Path $env:JAVA_HOME 'bin\java.exe'
if (-not (Get-Command mvn -ErrorAction SilentlyContinue)) {
    throw 'Maven (mvn) was not found. Install it and put it on PATH.'
}
Push-Location $root
try {
    Invoke-Tool 'mvn' @('-B', '-q', '-DskipTests', '-Dspotless.check.skip=true', 'package')
    if ($Type -eq 'cuda') {
        $folder = Join-Path $out 'cuda\app\natives'
        Invoke-Tool $java @('installers/build/Installers.java', 'cuda', $folder)
        $version = & $java 'installers/build/Installers.java' 'version'
        $archive = Join-Path $out "palimpsest-cuda-$version-windows-x86_64.zip"
        # Compress-Archive takes files of at most 2 GB, which these are not.
        Compress-Archive -Path (Join-Path $out 'cuda\app') -DestinationPath $archive -Force
        Write-Output $archive
    }
    else {
        Invoke-Tool $java @('installers/build/Installers.java', 'image', $out)
        if ($Type -eq 'msi') {
            Invoke-Tool $java @('installers/build/Installers.java', 'installer', $out)
        }
    }
}
finally {
    Pop-Location
}
