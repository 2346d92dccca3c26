; Effects on the first pulse channel: one write of its four registers each, the hardware's sweep
; and envelope do the rest. An effect may be followed by another.

SFX_JUMP  = 0
SFX_COIN  = 1
SFX_STOMP = 2
SFX_BUMP  = 3
SFX_DEATH = 4
SFX_POLE  = 5
SFX_COUNT = 6
SFX_PAUSE = 7
SFX_COIN2 = 8
SFX_DEATH2 = 9

; Starts effect A.
StartSound:
    sta SfxKind
    txa
    pha
    ldx SfxKind
    lda @control,x
    sta $4000
    lda @sweep,x
    sta $4001
    lda @low,x
    sta $4002
    lda @high,x
    sta $4003
    lda @follow,x
    sta SfxClock
    pla
    tax
    rts
@control:
    .byte $84, $83, $42, $42, $86, $88, $81, $84, $86, $86
@sweep:
    .byte $AB, $08, $93, $84, $B3, $D3, $08, $08, $08, $C3
@low:
    .byte $A0, $70, $50, $40, $C0, $60, $50, $C0, $53, $00
@high:
    .byte $09, $08, $10, $0A, $09, $08, $08, $10, $20, $22
@follow:
    .byte 0, 4, 0, 0, 16, 0, 0, 0, 0, 0

PlaySound:
    lda SfxClock
    beq @end
    dec SfxClock
    bne @end
    lda SfxKind
    cmp #SFX_COIN
    bne :+
    lda #SFX_COIN2
    jmp StartSound
:   cmp #SFX_DEATH
    bne @end
    lda #SFX_DEATH2
    jmp StartSound
@end:
    rts
