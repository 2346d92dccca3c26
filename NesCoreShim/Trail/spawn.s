; The area's objects enter with their columns. The list has three bytes an object: column, parameter
; and row, type; with bit 7 of the type set it is a link instead: column, page, pointer. $FF ends it.

SPAWN_AHEAD = 19                ; columns from the screen's left edge

TYPE_PLANT    = $0D
TYPE_FRENZY   = $17
TYPE_BAR      = $1B
TYPE_LIFT     = $24
TYPE_LIFT_END = $2D
TYPE_CANNON   = $33

SpawnObjects:
    lda LeftPage
    asl a
    asl a
    asl a
    asl a
    sta Tmp
    lda LeftX
    lsr a
    lsr a
    lsr a
    lsr a
    clc
    adc Tmp
    adc #SPAWN_AHEAD
    ldy SpawnIndex
    cmp (EnemyData),y
    bcc @end
    jsr TakeLink
    bcs @next
    lda (EnemyData),y           ; what it is
    cmp #TYPE_FRENZY
    beq @frenzy
    ldx #0
@free:
    lda EnemyActive,x
    beq @found
    inx
    cpx #5
    bne @free
@next:                          ; no room: it stays away
    lda SpawnIndex
    clc
    adc #3
    sta SpawnIndex
@end:
    rts
@frenzy:
    dey
    lda (EnemyData),y
    lsr a
    lsr a
    lsr a
    lsr a
    tax
    lda @frenzies,x
    jsr SetFrenzy
    jmp @next
@frenzies:
    .byte 0, $08, $14, $15

@found:
    sta EnemyState,x            ; A = 0
    sta EnemyXSpeed,x
    sta EnemyYSpeed,x
    sta EnemyXSub,x
    sta EnemyYSub,x
    sta EnemyYForce,x
    lda (EnemyData),y
    sta EnemyType,x
    sta Tmp+1
    dey
    lda (EnemyData),y
    sta Tmp
    and #15
    asl a
    asl a
    asl a
    asl a
    adc #$18                    ; it stands in its row
    sta EnemyY,x
    dey
    lda (EnemyData),y
    lsr a
    lsr a
    lsr a
    lsr a
    sta EnemyPage,x
    lda (EnemyData),y
    asl a
    asl a
    asl a
    asl a
    sta EnemyX,x
    lda #1
    sta EnemyActive,x
    sta EnemyYHigh,x
    lda #2
    sta EnemyDir,x
    lda Tmp+1                   ; plants, fire bars, lifts, cannons: the tile's corner
    cmp #TYPE_PLANT
    bne :+
    lda EnemyX,x
    adc #7                      ; the carry is set: the middle of the stump
    sta EnemyX,x
    jmp @corner
:   cmp #TYPE_CANNON
    beq @corner
    cmp #TYPE_BAR
    bcc @init
    cmp #TYPE_BAR+5
    bcc @corner
    cmp #TYPE_LIFT
    bcc @init
    cmp #TYPE_LIFT_END
    bcs @init
@corner:
    lda EnemyY,x
    clc
    adc #8
    sta EnemyY,x
@init:
    lda SpawnIndex
    clc
    adc #3
    sta SpawnIndex
    lda Tmp
    lsr a
    lsr a
    lsr a
    lsr a
    jmp InitObject

; Y = an entry; on the way out, its type. Carry set when it was a link, which now holds.
TakeLink:
    iny
    iny
    lda (EnemyData),y
    cmp #$80
    bcc @end
    and #$7F
    sta AreaPointer
    dey
    lda (EnemyData),y
    sta EntrancePage
    sec
@end:
    rts

; When an area begins midway the objects before stay away. The links hold.
SkipPassedObjects:
    lda #0
    sta SpawnIndex
    lda LeftPage
    beq SkipEnd
    asl a
    asl a
    asl a
    asl a
    adc #8                      ; half a screen on
; The objects up to column A are past.
SkipToColumn:
    sta Tmp
    ldy #0
@entry:
    sty SpawnIndex
    lda Tmp
    cmp (EnemyData),y
    bcc SkipEnd
    jsr TakeLink
    ldy SpawnIndex
    iny
    iny
    iny
    bne @entry
SkipEnd:
    rts
