; The status bar: score, coins, clock.

HudText:
    text 1,  2, "SCORE"
    text 1, 12, "COINS"
    text 1, 19, "WORLD"
    text 1, 26, "TIME"
    text 2, 12, "$x"
    text 3,  0, "================================"
    text 35, 0, "================================"  ; and in the other nametable
    .byte 0

; The whole bar, rendering being off.
DrawHud:
    point HudText
    jsr PrintText
    lda #>AT(2, 20)
    sta PPUADDR
    lda #<AT(2, 20)
    sta PPUADDR
    jsr PrintStage
    lda #HUD_SCORE
    jsr QueueHud
    lda #HUD_COINS
    jsr QueueHud
    lda #HUD_CLOCK
    jsr QueueHud
    jmp UploadVram

; Sends what has changed, one thing a frame.
SendHud:
    lda HudDirty
    beq @end
    lda VramLength
    cmp #60
    bcs @end                    ; the next frame has more room
    lda FrameCounter            ; in turn, should several keep changing
    lsr a
    lda #HUD_CLOCK
    bcs :+
    lda #HUD_SCORE
:   bit HudDirty
    bne @send
    lda #HUD_COINS
    bit HudDirty
    bne @send
    lda HudDirty                ; only one is left
@send:
    pha
    eor HudDirty
    sta HudDirty
    pla
    jmp QueueHud
@end:
    rts

; Queues the digits of one field. A = HUD_SCORE, HUD_COINS or HUD_CLOCK.
QueueHud:
    lsr a
    tax                         ; 0, 1, 2
    lda @low,x
    sta Tmp
    lda @count,x
    sta Tmp+1
    lda @from,x
    tay
    ldx VramLength
    lda #>AT(2, 0)
    sta VramBuffer,x
    lda Tmp
    sta VramBuffer+1,x
    lda Tmp+1
    sta VramBuffer+2,x
@digit:
    lda TopScore,y
    sta VramBuffer+3,x
    inx
    iny
    dec Tmp+1
    bne @digit
    cpy #Score + 6 - TopScore   ; points are counted in tens
    bne :+
    lda #0
    sta VramBuffer+3,x
    ldy VramLength
    lda #7
    sta VramBuffer+2,y
    inx
:   inx
    inx
    inx
    stx VramLength
    lda #0
    sta VramBuffer,x
    rts
@low:
    .byte <AT(2, 2), <AT(2, 14), <AT(2, 27)
@count:
    .byte 6, 2, 3
@from:
    .byte Score - TopScore, CoinDigits - TopScore, ClockDigits - TopScore

; Adds A to score digit X (5 = tens of points), with carries.
AddScore:
    clc
    adc Score,x
@carry:
    cmp #10
    bcc @store
    sbc #10
    sta Score,x
    dex
    bmi @end
    lda Score,x
    adc #0                      ; the carry is set
    jmp @carry
@store:
    sta Score,x
@end:
    lda HudDirty
    ora #HUD_SCORE
    sta HudDirty
    rts

; One coin: 200 points, and a life for every hundred.
AddCoin:
    lda #SFX_COIN
    jsr StartSound
    inc Coins
    ldx CoinDigits+1
    inx
    cpx #10
    bcc @ones
    ldx #0
    ldy CoinDigits
    iny
    cpy #10
    bcc @tens
    ldy #0
    sty Coins
    inc Lives
@tens:
    sty CoinDigits
@ones:
    stx CoinDigits+1
    lda HudDirty
    ora #HUD_COINS
    sta HudDirty
    ldx #4
    lda #2
    jmp AddScore

; The top score follows the score.
KeepTopScore:
    ldx #0
@compare:
    lda Score,x
    cmp TopScore,x
    bcc @end
    bne @copy
    inx
    cpx #6
    bne @compare
@end:
    rts
@copy:
    ldx #5
:   lda Score,x
    sta TopScore,x
    dex
    bpl :-
    rts

; The game clock: one unit every 24 frames while the hero is about.
RunClock:
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bcc @end
    cmp #ROUTINE_DEATH
    beq @end
    lda ObjYHigh
    cmp #2
    bcs @end
    lda ClockTimer
    bne @end
    lda ClockDigits
    ora ClockDigits+1
    ora ClockDigits+2
    beq @expired
    lda #$18
    sta ClockTimer
    jmp TickClock
@expired:
    lda #1
    sta ClockExpired
    jmp KillPlayer
@end:
    rts

; Takes one unit off the clock.
TickClock:
    ldx #2
@digit:
    dec ClockDigits,x
    bpl @done
    lda #9
    sta ClockDigits,x
    dex
    bpl @digit
@done:
    lda HudDirty
    ora #HUD_CLOCK
    sta HudDirty
    rts
