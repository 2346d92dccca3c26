; Sound: an effect on the first pulse channel, one on the noise channel, and music on all four where no effect
; is in its way. Everything is data for the hardware's own envelopes and sweeps.

; ---- effects ------------------------------------------------------------------------------------------

; An entry: frames, control, sweep, note (pulse) or period (noise). 0 frames end it.
.macro noise_effect entries
    .addr entries - $8000       ; the program is above $8000: a clear top bit marks the noise channel
.endmacro

SFX_JUMP  = 0
SFX_COIN  = 1
SFX_STOMP = 2
SFX_BUMP  = 3
SFX_DEATH = 4
SFX_POLE  = 5
SFX_COUNT = 6
SFX_PAUSE = 7
SFX_KICK  = 8
SFX_ITEM  = 9
SFX_GROW  = 10
SFX_HURT  = 11
SFX_LIFE  = 12
SFX_FIRE  = 13
SFX_BREAK = 14
SFX_BLAST = 15
SFX_FLAME = 16
SFX_PIPE  = 17
SFX_SWIM  = 18
SFX_VINE  = 19
SFX_AXE   = 20
SFX_SPRING = 21
SFX_BOSS_FALLS = 22

Effects:
    .addr JumpEffect, CoinEffect, StompEffect, BumpEffect, DeathEffect, PoleEffect, CountEffect, PauseEffect
    .addr KickEffect, ItemEffect, GrowEffect, HurtEffect, LifeEffect, FireEffect
    noise_effect BreakEffect
    noise_effect BlastEffect
    noise_effect FlameEffect
    .addr PipeEffect, SwimEffect, VineEffect
    noise_effect AxeEffect
    .addr SpringEffect
    noise_effect BossFallsEffect

JumpEffect:
    .byte 16, $84, $AB, nC4, 0
CoinEffect:
    .byte 3, $9F, 0, nA5, 3, $9F, 0, nCs6, 18, $83, 0, nE6, 0
StompEffect:
    .byte 6, $42, $93, nG4, 4, $42, $93, nD4, 0
BumpEffect:
    .byte 8, $42, $84, nA2, 0
DeathEffect:
    .byte 14, $86, $B3, nA4, 40, $86, $C3, nE4, 0
PoleEffect:
    .byte 60, $88, $D3, nG4, 0
CountEffect:
    .byte 3, $81, 0, nG6, 0
PauseEffect:
    .byte 5, $84, 0, nG5, 5, $84, 0, nD5, 5, $84, 0, nG5, 12, $84, 0, nB5, 0
KickEffect:
    .byte 3, $9F, 0, nE4, 8, $82, $8B, nB4, 0
ItemEffect:
    .byte 3, $5F, 0, nG3, 3, $5F, 0, nC4, 3, $5F, 0, nF4, 3, $5F, 0, nBb4, 3, $5F, 0, nEb5, 10, $44, 0, nAb5, 0
GrowEffect:
    .byte 4, $5F, 0, nD4, 4, $5F, 0, nFs4, 4, $5F, 0, nA4, 4, $5F, 0, nE4, 4, $5F, 0, nAb4, 4, $5F, 0, nB4
    .byte 4, $5F, 0, nFs4, 4, $5F, 0, nBb4, 14, $44, 0, nCs5, 0
HurtEffect:
    .byte 5, $9F, 0, nC5, 5, $9F, 0, nAb4, 5, $9F, 0, nE4, 5, $9F, 0, nC4, 12, $84, 0, nAb3, 0
LifeEffect:
    .byte 6, $9F, 0, nC5, 6, $9F, 0, nG5, 6, $9F, 0, nE5, 6, $9F, 0, nC6, 6, $9F, 0, nA5, 20, $84, 0, nD6, 0
FireEffect:
    .byte 4, $82, $9A, nA5, 6, $81, $92, nE5, 0
PipeEffect:
    .byte 6, $9F, 0, nE4, 6, $9F, 0, nB3, 6, $9F, 0, nF4, 6, $9F, 0, nC4, 10, $84, 0, nFs4, 0
SwimEffect:
    .byte 10, $43, $9B, nF4, 0
VineEffect:
    .byte 6, $5F, 0, nE4, 6, $5F, 0, nF4, 6, $5F, 0, nG4, 6, $5F, 0, nA4, 6, $5F, 0, nB4, 12, $44, 0, nC5, 0
SpringEffect:
    .byte 20, $44, $9C, nE3, 0
BreakEffect:
    .byte 3, $1F, 0, 6, 3, $1C, 0, 9, 10, $03, 0, 11, 0
BlastEffect:
    .byte 4, $1F, 0, 12, 24, $05, 0, 14, 0
FlameEffect:
    .byte 6, $16, 0, 5, 8, $1A, 0, 7, 30, $06, 0, 6, 0
AxeEffect:
    .byte 3, $1F, 0, 2, 3, $1F, 0, 8, 20, $04, 0, 4, 0
BossFallsEffect:
    .byte 20, $1F, 0, 13, 20, $1C, 0, 14, 50, $08, 0, 15, 0

; Starts effect A. Keeps X.
StartSound:
    asl a
    tay
    lda Effects+1,y
    bmi @pulse
    ora #$80
    sta EffectHigh+1
    lda Effects,y
    sta EffectLow+1
    lda #1
    sta EffectClock+1
    rts
@pulse:
    sta EffectHigh
    lda Effects,y
    sta EffectLow
    lda #1
    sta EffectClock
    rts

; Once a frame.
PlaySound:
    ldx #1
@effect:
    lda EffectClock,x
    beq @next
    dec EffectClock,x
    bne @next
    jsr NextEntry
@next:
    dex
    bpl @effect
    lda PauseStatus
    lsr a
    bcs @end
    jmp PlaySong
@end:
    rts

; The next entry of effect X.
NextEntry:
    lda EffectLow,x
    sta Ptr
    lda EffectHigh,x
    sta Ptr+1
    ldy #0
    lda (Ptr),y
    sta EffectClock,x
    beq @over
    iny
    cpx #1
    beq @noise
    lda (Ptr),y
    sta $4000
    iny
    lda (Ptr),y
    bne :+
    lda #$08                    ; no sweep
:   sta $4001
    iny
    lda (Ptr),y
    tay
    lda NoteLow-1,y
    sta $4002
    lda NoteHigh-1,y
    ora #$08
    sta $4003
    bne @advance
@noise:
    lda (Ptr),y
    sta $400C
    iny
    iny
    lda (Ptr),y
    sta $400E
    lda #$08
    sta $400F
@advance:
    lda Ptr
    clc
    adc #4
    sta EffectLow,x
    bcc @end
    inc EffectHigh,x
@end:
    rts
@over:
    lda #$10                    ; silence
    cpx #1
    beq :+
    sta $4000
    rts
:   sta $400C
    rts

; ---- music ------------------------------------------------------------------------------------------------

; The area's own song.
PlayAreaMusic:
    ldy AreaType
    lda AreaSongs,y

; Song A from its beginning; 0 is silence.
PlayMusic:
    sta Song
    txa
    pha
    lda #$10
    sta $4004
    lda #0
    sta $4008
    ldx #3
:   jsr StartChannel
    dex
    bpl :-
    pla
    tax
    rts

; Channel X begins its part of the song. Uses A and Y.
StartChannel:
    lda Song
    asl a
    asl a
    stx Ptr
    adc Ptr
    tay
    lda SongLow,y
    sta MusicLow,x
    lda SongHigh,y
    sta MusicHigh,x
    lda #1
    sta MusicClock,x
    rts

PlaySong:
    ldx #3
@channel:
    lda MusicHigh,x
    beq @next
    dec MusicClock,x
    bne @next
    jsr NextNote
@next:
    dex
    bpl @channel
    rts

; Reads channel X up to its next note or rest. 1-60 notes, 64 a rest, from 128 on lengths in frames; 0 is the end:
; songs from MUSIC_LOOPS on go round.
NextNote:
    lda MusicLow,x
    sta Ptr
    lda MusicHigh,x
    sta Ptr+1
    ldy #0
@read:
    lda (Ptr),y
    bmi @length
    beq @over
    pha
    iny
    tya
    clc
    adc Ptr
    sta MusicLow,x
    lda Ptr+1
    adc #0
    sta MusicHigh,x
    lda MusicLength,x
    sta MusicClock,x
    pla
    cmp #rest
    beq @rest
    tay
    txa
    beq @pulse1
    cmp #2
    beq @triangle
    bcs @drum
    lda #$86
    sta $4004
    lda #$08
    sta $4005
    lda NoteLow-1,y
    sta $4006
    lda NoteHigh-1,y
    ora #$08
    sta $4007
@end:
    rts
@length:
    and #$7F
    sta MusicLength,x
    iny
    bne @read
@over:
    lda Song
    cmp #MUSIC_LOOPS
    bcc @stop
    jsr StartChannel
    jmp NextNote
@stop:
    lda #0
    sta MusicHigh,x
@rest:
    cpx #2
    bne @end
    lda #$80
    sta $4008
    sta $400B
    rts
@pulse1:
    lda EffectClock
    bne @end
    lda #$43
    sta $4000
    lda #$08
    sta $4001
    lda NoteLow-1,y
    sta $4002
    lda NoteHigh-1,y
    ora #$08
    sta $4003
    rts
@triangle:
    lda MusicLength,x           ; three quarters of the length, in quarter frames
    asl a
    adc MusicLength,x
    bpl :+
    lda #$7F
:   sta $4008
    lda NoteLow+12-1,y          ; sounds an octave lower
    sta $400A
    lda NoteHigh+12-1,y
    ora #$08
    sta $400B
    rts
@drum:
    lda EffectClock+1
    bne @end
    lda DrumControl-1,y
    sta $400C
    lda DrumPeriod-1,y
    sta $400E
    lda #$08
    sta $400F
    rts

DrumControl:
    .byte $00, $01, $02         ; tick, tap, thud
DrumPeriod:
    .byte 2, 6, 13

; Timer periods of the notes, A1 = 55 Hz to As6.
NoteLow:
    .byte $F1, $7F, $13, $AD, $4D, $F3, $9D, $4C, $00, $B8, $74, $34
    .byte $F8, $BF, $89, $56, $26, $F9, $CE, $A6, $80, $5C, $3A, $1A
    .byte $FB, $DF, $C4, $AB, $93, $7C, $67, $52, $3F, $2D, $1C, $0C
    .byte $FD, $EF, $E1, $D5, $C9, $BD, $B3, $A9, $9F, $96, $8E, $86
    .byte $7E, $77, $70, $6A, $64, $5E, $59, $54, $4F, $4B, $46, $42
NoteHigh:
    .byte $07, $07, $07, $06, $06, $05, $05, $05, $05, $04, $04, $04
    .byte $03, $03, $03, $03, $03, $02, $02, $02, $02, $02, $02, $02
    .byte $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01, $01
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
    .byte $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00, $00
