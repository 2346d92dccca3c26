; Moving any object. X = 0 the hero, 1-6 the slots 0-5, 7-8 fireballs, 13-21 hammers.

; Adds the speed, in sixteenths of a pixel, to the position. A = whole pixels moved.
MoveHorizontally:
    lda ObjXSpeed,x
    asl a
    asl a
    asl a
    asl a
    sta Tmp                     ; the fraction, in 1/256
    lda ObjXSpeed,x
    lsr a
    lsr a
    lsr a
    lsr a
    ldy #0
    cmp #8
    bcc :+
    ora #$F0
    dey
:   sta Tmp+1                   ; the whole pixels
    sty Tmp+2                   ; and their sign
    lda ObjXSub,x
    clc
    adc Tmp
    sta ObjXSub,x
    lda #0
    rol a
    sta Tmp                     ; what the fraction carried over
    lsr a
    lda ObjX,x
    adc Tmp+1
    sta ObjX,x
    lda ObjPage,x
    adc Tmp+2
    sta ObjPage,x
    lda Tmp+1
    clc
    adc Tmp
    rts

; Falls: the position takes the speed, the speed takes the force in Tmp (1/256 pixel per frame
; per frame), and stays below Tmp+1 pixels per frame.
ApplyGravity:
    lda ObjYSub,x
    clc
    adc ObjYForce,x
    sta ObjYSub,x
    ldy #0
    lda ObjYSpeed,x
    bpl :+
    dey
:   sty Tmp+2
    adc ObjY,x
    sta ObjY,x
    lda ObjYHigh,x
    adc Tmp+2
    sta ObjYHigh,x
    lda ObjYForce,x
    clc
    adc Tmp
    sta ObjYForce,x
    lda ObjYSpeed,x
    adc #0
    sta ObjYSpeed,x
    sec
    sbc Tmp+1
    bmi @end
    lda ObjYForce,x
    bpl @end
    lda Tmp+1
    sta ObjYSpeed,x
    lda #0
    sta ObjYForce,x
@end:
    rts

; Slot X is pulled back to SlotOriginY by force A (1/256 pixel per frame per frame), no faster than Y.
SwingVertically:
    sta Tmp
    sty Tmp+1
    lda EnemyY,x
    cmp SlotOriginY,x
    lda #0
    bcc @down
    sec                         ; below it: upwards
    sbc Tmp
    sta Tmp
    lda #$FF
@down:
    sta Tmp+2
    lda EnemyYForce,x
    clc
    adc Tmp
    sta EnemyYForce,x
    lda EnemyYSpeed,x
    adc Tmp+2
    sta EnemyYSpeed,x
    bmi @up
    cmp Tmp+1
    bcc MoveVertically
    lda Tmp+1
    bcs @cap
@up:
    clc
    adc Tmp+1
    bpl MoveVertically
    lda Tmp+1
    eor #$FF
    clc
    adc #1
@cap:
    sta EnemyYSpeed,x
    lda #0
    sta EnemyYForce,x

; Slot X moves by its vertical speed, EnemyYSpeed and 1/256 in EnemyYForce. A = whole pixels.
MoveVertically:
    lda EnemyYSub,x
    clc
    adc EnemyYForce,x
    sta EnemyYSub,x
    ldy #0
    lda EnemyYSpeed,x
    adc #0
    bpl :+
    dey
:   pha
    clc
    adc EnemyY,x
    sta EnemyY,x
    tya
    adc EnemyYHigh,x
    sta EnemyYHigh,x
    pla
    rts

; Slot X's speed goes from -A to A and back, one step every fourth frame.
SwingSideways:
    sta Tmp
    lda FrameCounter
    and #3
    bne @end
    lda SlotAux,x
    lsr a
    bcs @left
    inc EnemyXSpeed,x
    lda EnemyXSpeed,x
    cmp Tmp
    bne @end
    beq @turn
@left:
    dec EnemyXSpeed,x
    lda EnemyXSpeed,x
    clc
    adc Tmp
    bne @end
@turn:
    inc SlotAux,x
@end:
    rts

; A = the tile at ProbePage, ProbeX and screen line A; ProbeIndex and RingPtr say where. Keeps X.
ProbePoint:
    sec
    sbc #$20
    bcc @outside
    cmp #$D0
    bcs @outside
    and #$F0
    sta ProbeIndex
    lda ProbeX
    lsr a
    lsr a
    lsr a
    lsr a
    ora ProbeIndex
    sta ProbeIndex
    txa
    pha
    lda ProbePage
    jsr PointRing
    pla
    tax
    ldy ProbeIndex
    lda (RingPtr),y
    rts
@outside:
    lda #0
    rts
