; The frame: everything the game does happens between one vertical blank and the next.

; A whole screen takes so many frames in the making: more than it needs, so that the number does not depend
; on a few cycles.
LOADING_FRAMES = 6

Nmi:
    bit Loading
    bpl @frame
    inc LoadingFrames           ; the one before is still drawing a screen
    rti
@frame:
    lda PpuCtrlMirror
    and #%01111110              ; no NMI inside the NMI; the status bar is in nametable 0
    sta PPUCTRL
    lda #0
    sta OAMADDR
    lda #>Oam
    sta OAMDMA
    bit PPUSTATUS
    jsr UploadVram
    lda #0
    sta PPUSCROLL
    sta PPUSCROLL
    lda PpuCtrlMirror
    and #%01111110
    sta PPUCTRL
    ldx #%00011110
    lda DisableScreen
    beq :+
    ldx #0
:   stx PPUMASK

    jsr ReadPads
    jsr UpdatePause
    lda PauseStatus
    lsr a
    bcs @paused
    jsr RunTimers
    inc FrameCounter
@paused:
    jsr ShiftLfsr

    lda Sprite0Flag
    beq @noSplit
@cleared:                       ; last frame's hit goes away on the pre-render line
    bit PPUSTATUS
    bvs @cleared
    lda PauseStatus
    lsr a
    bcs @hit
    jsr HideObjects
@hit:                           ; the bead on the rope under the status bar
    bit PPUSTATUS
    bvc @hit
@noSplit:
    lda HScroll
    sta PPUSCROLL
    lda #0
    sta PPUSCROLL
    lda PpuCtrlMirror
    and #%01111111
    sta PPUCTRL
    pha                         ; this frame's nametable, to its end

    lda PauseStatus
    lsr a
    bcs @done
    jsr RunMode
@done:
    jsr PlaySound
    bit Loading
    bpl @end
@wait:
    lda LoadingFrames
    cmp #LOADING_FRAMES
    bcc @wait
    lda #0
    sta Loading
@end:
    bit PPUSTATUS
    pla
    ora #%10000000
    sta PPUCTRL
    rti

; Sends the VRAM buffer and empties it.
UploadVram:
    ldx #0
@entry:
    lda VramBuffer,x
    beq @end
    sta PPUADDR
    lda VramBuffer+1,x
    sta PPUADDR
    lda VramBuffer+2,x
    asl a
    tay
    lda PpuCtrlMirror
    and #%01111010
    ora Loading
    bcc :+
    ora #%00000100              ; 32 further each byte: downwards
:   sta PPUCTRL
    tya
    lsr a
    tay
@copy:
    lda VramBuffer+3,x
    sta PPUDATA
    inx
    dey
    bne @copy
    inx
    inx
    inx
    jmp @entry
@end:
    sta VramBuffer
    sta VramLength
    rts

; Reads both pads. Start and Select show for the first frame of a press only.
ReadPads:
    lda #1
    sta JOY1
    lsr a
    sta JOY1
    tax
    jsr @read
    inx
@read:
    ldy #8
@bit:
    lda JOY1,x
    and #%00000011              ; a pad in the expansion port counts too
    cmp #1
    rol Tmp
    dey
    bne @bit
    lda Tmp
    and #BUTTON_SELECT | BUTTON_START
    and PadMask,x
    bne @held
    lda Tmp
    sta Pad1,x
    sta PadMask,x
    rts
@held:
    lda Tmp
    and #<~(BUTTON_SELECT | BUTTON_START)
    sta Pad1,x
    rts

; Start pauses and resumes; presses within 43 frames of the last do nothing.
UpdatePause:
    lda OperMode
    cmp #MODE_GAME
    bne @end
    lda OperTask
    cmp #3
    bne @end
    lda PauseTimer
    beq @look
    dec PauseTimer
    rts
@look:
    lda Pad1
    and #BUTTON_START
    beq @released
    lda PauseStatus
    bmi @end
    lda #43
    sta PauseTimer
    lda PauseStatus
    eor #1
    ora #$80
    sta PauseStatus
    lda #SFX_PAUSE
    jmp StartSound
@released:
    lda PauseStatus
    and #$7F
    sta PauseStatus
@end:
    rts

; $0780-$0794 count down every frame, $0795-$07A3 every twenty-first. A running TimerControl
; holds them all.
RunTimers:
    lda TimerControl
    beq @run
    dec TimerControl
    rts
@run:
    ldx #$14
    dec IntervalControl
    bpl @next
    lda #$14
    sta IntervalControl
    ldx #$23
@next:
    lda Timers,x
    beq :+
    dec Timers,x
:   dex
    bpl @next
    rts

; One step of the 56-bit shift register that is the game's chance.
ShiftLfsr:
    lda Lfsr
    eor Lfsr+1
    and #%00000010
    cmp #1                      ; carry = the two bits differ
    ldx #0
    ldy #7
@next:
    ror Lfsr,x
    inx
    dey
    bne @next
    rts
