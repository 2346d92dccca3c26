; The area as a ring of columns: unpacked from levels.s, kept in the block buffers, drawn through
; the VRAM buffer. The parser keeps 24 columns ahead of the screen's left edge.

PARSE_AHEAD = 24

; AreaPointer = the area of WorldNumber and AreaNumber. What does not exist becomes the first stage.
LoadAreaPointer:
    jsr CheckStage
    lda WorldNumber
    asl a
    asl a
    adc WorldNumber             ; the carry is clear
    adc AreaNumber
    tay
    lda StagePointers,y
    sta AreaPointer
    rts

CheckStage:
    lda WorldNumber
    cmp #WORLDS
    bcs @first
    lda StageNumber
    cmp #4
    bcs @first
    lda AreaNumber
    cmp #AREAS
    bcc @end
@first:
    lda #0
    sta WorldNumber
    sta StageNumber
    sta AreaNumber
@end:
    rts

; The area of AreaPointer becomes the one that is parsed and played.
LoadArea:
    lda AreaPointer
    rol a
    rol a
    rol a
    rol a
    and #3
    sta AreaType
    tax
    lda AreaPointer
    and #$1F
    clc
    adc AreaKinds,x
    tay
    lda AreaLow,y
    sta Ptr
    lda AreaHigh,y
    sta Ptr+1
    ldy #0
    lda (Ptr),y
    sta AreaStartY
    iny
    lda (Ptr),y
    sta AreaColours
    iny
    lda (Ptr),y
    and #$80
    sta CloudArea
    lda (Ptr),y
    and #$40
    beq :+
    lda #6
:   sta PlayerEntrance
    lda (Ptr),y
    and #$0F
    sta AreaClock
    iny
    lda (Ptr),y
    sta AreaWidth
    iny
    lda (Ptr),y
    sta AreaHalfway
    ldx #0
@address:
    iny
    lda (Ptr),y
    sta AreaAddresses,x
    inx
    cpx #10
    bne @address
    lda AreaAddresses
    sta AreaData
    lda AreaAddresses+1
    sta AreaData+1
    lda ObjectData
    sta EnemyData
    lda ObjectData+1
    sta EnemyData+1
    rts

ParseAhead:
    lda VramLength              ; a column and a redrawn block are too much for one vertical blank
    cmp #12
    bcs @wait
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
    adc #PARSE_AHEAD
    sta Tmp
    lda ParserPage
    asl a
    asl a
    asl a
    asl a
    ora ParserColumn
    cmp Tmp
    bcs @wait
    lda AttrPending
    bne @wait
    jsr WatchLoops
    jmp ParseColumn
@wait:
    rts

; Mazes. Where a loop is due he must stand in the right row; else he, the screen and the parser go
; back four pages, and nobody sees it, because the columns there are the same.
WatchLoops:
    lda ParserColumn
    beq @due
    cmp #12
    bne @end
    ldx ParserPage
    inx
    jsr @find
    bne @end
    lda #1
    sta LoopCommand
@end:
    rts
@due:
    lda LoopCommand
    beq @end
    ldx ParserPage
    jsr @find
    bne @end
    lda #0
    sta LoopCommand
    iny
    lda (Ptr),y
    cmp ObjY
    bne @wrong
    lda FloatState
    bne @wrong
    inc MazeCorrect
@wrong:
    inc MazePassed
    iny
    lda (Ptr),y
    cmp MazePassed
    bne @end                    ; judged with the next
    ldx #0
    cmp MazeCorrect
    stx MazePassed
    stx MazeCorrect
    beq @end

    ldy #4
:   stx EnemyActive,y
    dey
    bpl :-
    lda ObjPage
    sec
    sbc #4
    sta ObjPage
    lda LeftPage
    sbc #4
    sta LeftPage
    lda RightPage
    sbc #4
    sta RightPage
    lda ParserPage
    sbc #4
    sta ParserPage
    asl a
    asl a
    asl a
    asl a
    sec
    sbc #PARSE_AHEAD - SPAWN_AHEAD
    jmp SkipToColumn
; Y = the loop of page X in LoopData, Z set; or Z clear.
@find:
    lda LoopData
    sta Ptr
    lda LoopData+1
    sta Ptr+1
    ldy #0
    txa
:   cmp (Ptr),y
    beq @found
    lda (Ptr),y
    bmi @found                  ; the list ends with $FF
    iny
    iny
    iny
    txa
    bne :-
@found:
    rts

ParseColumn:
    lda ParserPage
    cmp AreaWidth
    bcc :+
    rts
:   asl a
    asl a
    asl a
    asl a
    adc AreaData                ; the carry is clear: an area has less than 16 pages
    sta Ptr
    lda AreaData+1
    adc #0
    sta Ptr+1
    ldy ParserColumn
    lda (Ptr),y
    tay
    lda ColumnLow
    sta Ptr
    lda ColumnLow+1
    sta Ptr+1
    lda (Ptr),y
    sta Tmp
    lda ColumnHigh
    sta Ptr
    lda ColumnHigh+1
    sta Ptr+1
    lda (Ptr),y
    sta Ptr+1
    lda Tmp
    sta Ptr

    ldy #0
    sty Tmp                     ; the metatile before
    ldx #0
@unpack:
    lda (Ptr),y
    iny
    cmp #$F0
    bcs @run
    sta Tmp
    sta MetatileBuffer,x
    inx
    cpx #13
    bcc @unpack
    bcs @store
@run:
    sbc #$EF                    ; $F0 is once more
    sta Tmp+1
    lda Tmp
:   sta MetatileBuffer,x
    inx
    dec Tmp+1
    bne :-
    cpx #13
    bcc @unpack
@store:
    lda ParserPage
    jsr PointRing
    ldy ParserColumn
    ldx #0
@row:
    lda MetatileBuffer,x
    cmp #$10                    ; scenery is air to everything that moves
    bcc @air
    cmp #$40
    bcc @keep
    cmp #$51
    bcc @air
    cmp #$80
    bcc @keep
    cmp #$88
    bcs @keep
@air:
    lda #0
@keep:
    sta (RingPtr),y
    tya
    clc
    adc #16
    tay
    inx
    cpx #13
    bne @row
    jsr PlaceGoalObjects
    jsr DrawColumn
    inc ParserColumn
    lda ParserColumn
    cmp #16
    bcc ParserDone
    lda #0
    sta ParserColumn
    inc ParserPage
ParserDone:
    rts

; RingPtr = the block buffer of page A.
PointRing:
    lsr a
    lda #<BlockBuffer0
    ldx #>BlockBuffer0
    bcc :+
    lda #<BlockBuffer1
    ldx #>BlockBuffer1
:   sta RingPtr
    stx RingPtr+1
    rts

; Queues the parsed column: two strips of 26 tiles, downwards. Tmp: 0 address high, 1 low,
; 2 row, 3 attribute bits of the row.
DrawColumn:
    lda ParserPage
    and #1
    asl a
    asl a
    ora #>AT(4, 0)
    sta Tmp
    sta AttrHigh
    lda ParserColumn
    asl a
    ora #<AT(4, 0)
    sta Tmp+1
    ldx VramLength
    jsr @header
    sta VramBuffer+29+1,x
    lda Tmp
    sta VramBuffer+29,x
    lda #26 | $80
    sta VramBuffer+29+2,x
    inc VramBuffer+29+1,x

    ldy #0
    sty Tmp+2
@row:
    ldy Tmp+2
    lda MetatileBuffer,y
    jsr PointMetatile
    lda (Ptr),y
    sta VramBuffer+3,x
    iny
    lda (Ptr),y
    sta VramBuffer+29+3,x
    iny
    lda (Ptr),y
    sta VramBuffer+4,x
    iny
    lda (Ptr),y
    sta VramBuffer+29+4,x
    inx
    inx
    inc Tmp+2
    lda Tmp+2
    cmp #13
    bne @row
    lda VramLength
    clc
    adc #58
    sta VramLength
    tax
    lda #0
    sta VramBuffer,x

    ; Attributes: a byte covers two columns and two rows, two bits each.
    lda ParserColumn
    lsr a
    bcs @odd
    ldx #6
    lda #0
:   sta AttrShadow,x
    dex
    bpl :-
@odd:
    ldx #0
@attribute:
    txa
    lsr a
    tay                         ; the row's attribute byte
    lda #0
    rol a
    sta Tmp+3                   ; 0 upper, 1 lower half
    lda ParserColumn
    lsr a
    rol Tmp+3                   ; and 1 for the right half
    sty Tmp+4
    ldy Tmp+3
    lda MetatileBuffer,x
    cmp #$22
    bcs :+
    cmp #$1C                    ; logs and stumps are brown
    bcs @brown
    cmp #$16
    bcs :+
    cmp #$10
    bcc :+
@brown:
    ora #%01000000
:   and #%11000000              ; the class is the palette, in the place of the lower right quarter
@shift:
    cpy #3
    beq @merge
    lsr a
    lsr a
    iny
    bne @shift
@merge:
    ldy Tmp+4
    ora AttrShadow,y
    sta AttrShadow,y
    inx
    cpx #13
    bne @attribute
    lda ParserColumn
    lsr a
    bcc @end
    clc
    adc #<$23C8
    sta AttrLow
    lda AttrHigh
    ora #>$23C8
    sta AttrHigh
    sta AttrPending
@end:
    rts
@header:
    lda Tmp
    sta VramBuffer,x
    lda #26 | $80
    sta VramBuffer+2,x
    lda Tmp+1
    sta VramBuffer+1,x
    rts

; The attribute bytes of a finished column pair go out a frame after its tiles, far off the screen.
SendAttributes:
    lda AttrPending
    beq @end
    lda VramLength
    cmp #40
    bcs @end
    tax
    ldy #0
@next:
    lda AttrHigh
    sta VramBuffer,x
    lda AttrLow
    sta VramBuffer+1,x
    clc
    adc #8
    sta AttrLow
    lda #1
    sta VramBuffer+2,x
    lda AttrShadow,y
    sta VramBuffer+3,x
    inx
    inx
    inx
    inx
    iny
    cpy #7
    bne @next
    stx VramLength
    lda #0
    sta VramBuffer,x
    sta AttrPending
@end:
    rts

; Ptr, Y = the four tiles of metatile A: upper left, upper right, lower left, lower right.
PointMetatile:
    pha
    rol a
    rol a
    rol a
    and #%00000011
    tay
    lda MetatileTableLow,y
    sta Ptr
    lda MetatileTableHigh,y
    sta Ptr+1
    pla
    asl a
    asl a
    tay
    rts

; Queues metatile A at place ProbeIndex of page ProbePage, 16 pixels square.
DrawMetatile:
    pha
    lda ProbeIndex
    lsr a
    lsr a
    lsr a
    lsr a
    sta Tmp                     ; row
    lsr a
    lsr a
    sta Tmp+1                   ; row * 64, high
    lda Tmp
    ror a
    ror a
    ror a
    and #%11000000
    sta Tmp                     ; low
    lda ProbeIndex
    and #15
    asl a
    ora Tmp
    clc
    adc #<AT(4, 0)
    sta Tmp
    lda Tmp+1
    adc #>AT(4, 0)
    sta Tmp+1
    lda ProbePage
    and #1
    asl a
    asl a
    ora Tmp+1
    sta Tmp+1
    pla
    jsr PointMetatile
    ldx VramLength
    jsr @half
    lda Tmp
    clc
    adc #32
    sta Tmp
    bcc :+
    inc Tmp+1
:   jsr @half
    stx VramLength
    lda #0
    sta VramBuffer,x
    rts
@half:
    lda Tmp+1
    sta VramBuffer,x
    lda Tmp
    sta VramBuffer+1,x
    lda #2
    sta VramBuffer+2,x
    lda (Ptr),y
    iny
    sta VramBuffer+3,x
    lda (Ptr),y
    iny
    sta VramBuffer+4,x
    inx
    inx
    inx
    inx
    inx
    rts

; The gold in palette 3 shimmers.
ShimmerGold:
    lda FrameCounter
    and #7
    bne @end
    ldx VramLength
    cpx #60
    bcs @end
    lda #$3F
    sta VramBuffer,x
    lda #$0E
    sta VramBuffer+1,x
    lda #1
    sta VramBuffer+2,x
    lda FrameCounter
    lsr a
    lsr a
    lsr a
    and #7
    tay
    lda @gold,y
    sta VramBuffer+3,x
    txa
    clc
    adc #4
    sta VramLength
    tax
    lda #0
    sta VramBuffer,x
@end:
    rts
@gold:
    .byte $27, $27, $27, $27, $27, $27, $37, $37
