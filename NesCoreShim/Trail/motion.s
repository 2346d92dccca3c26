; Moving any object. X = 0 the hero, 1-6 the slots 0-5.

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
