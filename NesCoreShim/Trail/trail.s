; Trail: a small platform game for the NES, and a training ground for agents that play
; Super Mario Bros. README.md says what the two share and where they part.

.p02
.linecont +
.include "hardware.inc"
.include "ram.inc"
.include "ram_objects.inc"
.include "art.inc"

.segment "HEADER"
    .byte $4E, $45, $53, $1A    ; "NES", end of file
    .byte 2, 1                  ; 2 x 16 KiB PRG, 1 x 8 KiB CHR
    .byte %00000001, 0          ; mapper 0, vertical mirroring
    .res 8, 0

.segment "CODE"

Reset:
    sei
    cld
    ldx #$40
    stx JOY2                    ; no interrupts from the APU's frame counter
    ldx #$FF
    txs
    inx
    stx PPUCTRL
    stx PPUMASK
    stx $4010
    bit PPUSTATUS
@vblank1:
    bit PPUSTATUS
    bpl @vblank1
    txa
@clear:
    sta $0000,x
    sta $0100,x
    sta $0200,x
    sta $0300,x
    sta $0400,x
    sta $0500,x
    sta $0600,x
    sta $0700,x
    inx
    bne @clear
    jsr HideSprites
    lda #$A5
    sta Lfsr
    lda #$0F
    sta SND_CHN
@vblank2:
    bit PPUSTATUS
    bpl @vblank2
    lda #%10010000              ; NMI on, background from the second pattern table
    sta PpuCtrlMirror
    sta PPUCTRL
Idle:                           ; the game lives in the NMI
    jmp Idle

; Jumps to entry A of the table of addresses that follows the JSR.
Dispatch:
    asl a
    tay
    iny
    pla
    sta Ptr
    pla
    sta Ptr+1
    lda (Ptr),y
    pha
    iny
    lda (Ptr),y
    sta Ptr+1
    pla
    sta Ptr
    jmp (Ptr)

.include "nmi.s"
.include "modes.s"
.include "screens.s"
.include "status.s"
.include "area.s"
.include "spawn.s"
.include "motion.s"
.include "player.s"
.include "collision.s"
.include "blocks.s"
.include "enemies.s"
.include "hazards.s"
.include "lifts.s"
.include "boss.s"
.include "power.s"
.include "goal.s"
.include "victory.s"
.include "vine.s"
.include "sprites.s"
.include "sound.s"
.include "music.s"
.include "metatiles.s"

Irq:
    rti

.segment "RODATA"
.include "levels.s"

.segment "VECTORS"
    .addr Nmi, Reset, Irq

.segment "SPRITES"
.include "gfx_sprites.s"

.segment "TILES"
.include "gfx_font.s"
.include "gfx_tiles.s"
